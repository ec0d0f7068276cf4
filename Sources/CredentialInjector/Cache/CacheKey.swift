internal import ProcessEnvironment

/// Which credentials are the same: those of the same settings and the same identity.
enum CacheKey {
    /// What a setting adds to the key.
    struct Part {
        /// The property of ``CredentialSettings``.
        let property: String
        /// Its values; nil when it is not set, which differs from set and empty.
        let values: @Sendable (CredentialSettings) -> [String]?

        init(_ property: String, _ values: @escaping @Sendable (CredentialSettings) -> [String]?) {
            self.property = property
            self.values = values
        }
    }

    /// Every setting that decides what an exchange gives, or whether it may be made.
    static let parts = [
        Part("roleARN") { [$0.roleARN.value.text] },
        Part("region") { [$0.region.value] },
        Part("audience") { $0.audience.map { [$0.value] } },
        Part("expectedIssuer") { $0.expectedIssuer.map { [$0.value] } },
        Part("expectedSubject") { $0.expectedSubject.map { [$0.value] } },
        // Of a command the program alone; whose token it is, the claims say.
        Part("tokenSource") { ["\($0.tokenSource.value)"] },
        Part("sessionName") { [$0.sessionName.value] },
        Part("duration") { $0.duration.map { ["\($0.value)"] } },
        Part("sessionPolicy") { $0.sessionPolicy.map { [$0.value] } },
        Part("policyARNs") { $0.policyARNs?.value },
        Part("allowedAccounts") { $0.allowedAccounts?.value },
        Part("endpoint") { [$0.endpoint.value.url] },
        Part("authorities") { $0.authorities.map { [$0.value] } },
    ]

    /// The properties of ``CredentialSettings`` that do not: how often STS is asked, where settings were found and what is
    /// odd about them, and the environment, of which the settings above are what counts.
    static let leftOut: Set = ["maximumAttempts", "profile", "configurationPath", "warnings", "environment"]

    /// Returns the SHA-256 digest, in hexadecimal digits, of everything that decides what an exchange gives.
    ///
    /// Each text goes in with its length, so that no two lists of them look alike. Of the token these are issuer,
    /// subject, audiences and authorized party, and not the token itself, which is another one each time.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    static func of(_ settings: CredentialSettings, _ token: IdentityToken) throws(CredentialError) -> String {
        var texts = ["2"]
        func add(_ values: [String]?) {
            texts.append(values.map { "\($0.count)" } ?? "")
            texts += values ?? []
        }
        for part in parts {
            texts.append(part.property)
            add(part.values(settings))
        }
        let claims = token.claims
        for claim in [claims.issuer, claims.subject, claims.authorizedParty] { add(claim.map { [$0] }) }
        add(claims.audiences)
        return Digest.hexadecimal(try Digest.sha256(texts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }))
    }
}
