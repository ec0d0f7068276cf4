/// What a token must say to be sent to STS at all.
package struct TokenExpectation: Sendable, Hashable {
    /// The audience it must be for, and where that was set.
    package var audience: Setting<String>?
    /// The issuer it must come from.
    package var issuer: Setting<String>?
    /// The subject it must be about.
    package var subject: Setting<String>?

    /// Creates an expectation; what is nil is not compared.
    package init(audience: Setting<String>? = nil, issuer: Setting<String>? = nil, subject: Setting<String>? = nil) {
        self.audience = audience
        self.issuer = issuer
        self.subject = subject
    }
}
