package import FoundationEssentials

/// An exchange as IAM sees it when it evaluates a trust policy: the token, and what is asked for with it.
package struct TrustRequest: Sendable {
    /// The action that a trust policy must allow.
    static let action = "sts:AssumeRoleWithWebIdentity"
    /// The member of a token that has session tags, and the beginning of it where it was made flat.
    static let tagClaim = "https://aws.amazon.com/tags"
    /// The member of a token that has the source identity.
    static let sourceIdentityClaim = "https://aws.amazon.com/source_identity"

    /// The issuer as the token has it.
    let issuer: String
    let claims: TokenClaims
    /// All claims, by name.
    let payload: JSONValue
    let role: RoleARN
    let sessionName: String
    let region: String
    let now: Date

    /// Creates the request that an exchange of `token` with these settings would be at `now`.
    ///
    /// - Throws: ``CredentialError`` when the token's payload is not strict JSON.
    package init(token: IdentityToken, settings: CredentialSettings, now: Date) throws(CredentialError) {
        issuer = token.claims.issuer ?? ""
        claims = token.claims
        payload = try token.payload()
        role = settings.roleARN.value
        sessionName = settings.sessionName.value
        region = settings.region.value
        self.now = now
    }

    /// The issuer as condition keys and provider ARNs have it: without its scheme and without a slash at its end.
    var host: String {
        var text = issuer[...]
        if let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) {
            text = text.dropFirst(scheme.count)
        }
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }

    /// The ARN of the identity provider that the role's account must have for the issuer.
    var providerARN: String { "arn:\(role.partition):iam::\(role.account):oidc-provider/\(host)" }

    /// The actions that must be allowed: the exchange, and what the token's own content asks for beside it.
    var actions: [String] {
        var result = [Self.action]
        if !sessionTags.isEmpty { result.append("sts:TagSession") }
        if sourceIdentity != nil { result.append("sts:SetSourceIdentity") }
        return result
    }

    /// The session tags that the token carries.
    var sessionTags: [String: String] {
        var tags: [String: String] = [:]
        for member in payload[Self.tagClaim]?["principal_tags"]?.members ?? [] {
            tags[member.name] = member.value.scalarTexts?.first
        }
        let flat = Self.tagClaim + "/principal_tags/"
        for member in payload.members ?? [] where member.name.hasPrefix(flat) {
            tags[String(member.name.dropFirst(flat.count))] = member.value.scalarTexts?.first
        }
        return tags
    }

    /// The source identity that the token sets.
    var sourceIdentity: String? { payload[Self.sourceIdentityClaim]?.string }
}
