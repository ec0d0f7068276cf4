internal import FoundationEssentials
package import ProcessEnvironment

/// An OIDC identity token: a signed JWT in compact form (RFC 7515), decoded without verification.
///
/// Verifying is the business of STS, which alone knows which keys it trusts. No rendering shows the token.
package struct IdentityToken: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The bytes that STS takes.
    package static let maximumBytes = 20_000
    /// The bytes that a source may give: a token, and some white space around it.
    static let maximumSourceBytes = maximumBytes + 1000

    /// The token itself.
    package let secret: Secret
    /// What its header says.
    package let header: TokenHeader
    /// What its payload says.
    package let claims: TokenClaims

    /// Creates a token from what a source gave; ASCII white space around it is left out.
    ///
    /// - Throws: ``CredentialError`` of code `token` when it is not one compact JWS of JSON objects.
    package init(_ source: Secret, from name: String) throws(CredentialError) {
        let bytes = TokenText.trimmed(source.bytes)
        if let problem = TokenText.problem(of: bytes) { throw Self.malformed(name, problem) }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            Base64URL.decode(parts[2]) != nil
        else { throw Self.malformed(name, "its three parts are not base64url") }
        do {
            self.header = try JSONDecoder().decode(TokenHeader.self, from: Data(header))
        } catch {
            throw Self.malformed(name, "its header is not the JSON object of a JWT")
        }
        do {
            claims = try JSONDecoder().decode(TokenClaims.self, from: Data(payload))
        } catch {
            throw Self.malformed(name, "its payload is not a JSON object with the claims of an identity token")
        }
        secret = Secret(bytes: bytes)
    }

    /// The token and its telling parts, to be masked in all output.
    package var secrets: [Secret] {
        let parts = secret.bytes.split(separator: UInt8(ascii: ".")).map { Secret(bytes: Array($0)) }
        return [secret] + parts.dropFirst()
    }

    /// Returns all claims by their names, for comparing them with a trust policy.
    ///
    /// - Throws: ``CredentialError`` of code `token` when the payload is read differently by different readers.
    func payload() throws(CredentialError) -> JSONValue {
        let parts = secret.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        do {
            return try JSONReader.read(parts.count == 3 ? Base64URL.decode(parts[1]) ?? [] : [])
        } catch {
            throw CredentialError(
                .token,
                "the payload of the identity token is not strict JSON: \(error.reason)",
                nextStep: "have the provider issue tokens without such a payload: services differ in how they read it"
            )
        }
    }

    /// Names the token by its issuer and subject.
    package var description: String {
        "identity token of \(DisplayText.clean(claims.subject ?? "?")) from \(DisplayText.clean(claims.issuer ?? "?"))"
    }

    package var customMirror: Mirror { Mirror(self, children: ["claims": claims]) }

    private static func malformed(_ name: String, _ problem: String) -> CredentialError {
        CredentialError(
            .token,
            "what the \(name) gave is not an identity token: \(problem)",
            nextStep: "give the token alone, as the identity provider issued it: three parts with two dots between"
        )
    }
}
