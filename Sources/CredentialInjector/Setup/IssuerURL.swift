internal import HTTPTransport

/// The issuer of identity tokens, as the claim `iss` names it.
package struct IssuerURL: Sendable, Hashable, CustomStringConvertible {
    /// The whole URL.
    package let text: String
    /// The host and the path, by which IAM knows the issuer: in ARNs and in the names of condition keys.
    package let hostAndPath: String

    /// Creates an issuer from text.
    ///
    /// It is taken to the letter, a slash at its end included, because IAM compares it so. Plain http is for an issuer
    /// on this machine itself, which no AWS account can ask.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` that says what is wrong.
    package init(_ text: String) throws(CredentialError) {
        let shown = "'\(DisplayText.clean(text, limit: 120))' is not the URL of an issuer: "
        let hint = "give it as the token's claim iss has it, as in https://oidc.example.com/id/A1B2"
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else {
            throw CredentialError(.settings, shown + "it does not begin with https://", nextStep: hint)
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty, text.utf8.count <= 255 else {
            throw CredentialError(.settings, shown + "it has no host, or more than 255 characters", nextStep: hint)
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\\@?#<>\"'`*$".utf8.contains($0) }) else {
            throw CredentialError(
                .settings,
                shown + "it has a query, a user or characters that none has",
                nextStep: hint
            )
        }
        let isLocal = STSEndpoint(custom: "http://\(authority)/") != nil
        guard scheme == "https://" || isLocal else {
            throw CredentialError(.settings, shown + "AWS takes issuers with https:// only", nextStep: hint)
        }
        guard !authority.contains(":") || isLocal else {
            throw CredentialError(.settings, shown + "AWS takes no issuer with a port", nextStep: hint)
        }
        self.text = text
        hostAndPath = String(rest)
    }

    package var description: String { text }
}
