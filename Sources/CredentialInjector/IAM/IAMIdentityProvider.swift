/// An OIDC identity provider, as `GetOpenIDConnectProvider` describes it.
package struct IAMIdentityProvider: Sendable, Hashable {
    /// The whole name.
    package let arn: String
    /// The issuer without `https://`.
    package let url: String
    /// The audiences that it takes.
    package let clientIDs: [String]
    /// The SHA-1 fingerprints of authorities, in hexadecimal digits; of use only where the issuer's certificate is not
    /// signed by a public authority.
    package let thumbprints: [String]
    /// The tags.
    package let tags: [String: String]

    /// Creates a provider from the result of an answer.
    init(arn: String, _ element: XMLElement) {
        self.arn = arn
        url = element.value("Url") ?? ""
        clientIDs = element["ClientIDList"]?.members ?? []
        thumbprints = element["ThumbprintList"]?.members ?? []
        tags = element["Tags"]?.tags ?? [:]
    }

    /// The part of a provider's ARN after `oidc-provider/`: the issuer's host and path.
    package static func issuer(inARN arn: String) -> String? {
        guard let range = arn.firstRange(of: ":oidc-provider/") else { return nil }
        return String(arn[range.upperBound...])
    }
}
