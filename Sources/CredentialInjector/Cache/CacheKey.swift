internal import ProcessEnvironment

/// Which credentials are the same: those of the same settings and the same identity.
enum CacheKey {
    /// Returns the SHA-256 digest, in hexadecimal digits, of everything that decides what an exchange gives.
    ///
    /// Each part goes in with its length, so that no two lists of parts look alike. Of the token these are issuer,
    /// subject, audiences and authorized party, and not the token itself, which is another one each time.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    static func of(_ settings: CredentialSettings, _ token: IdentityToken) throws(CredentialError) -> String {
        var parts = [
            "1", settings.roleARN.value.text, settings.region.value, settings.endpoint.value.url,
            settings.sessionName.value, "\(settings.tokenSource.value)",
        ]
        let optional = [
            settings.audience?.value, settings.duration.map { "\($0.value)" }, settings.sessionPolicy?.value,
            settings.authorities?.value, token.claims.issuer, token.claims.subject, token.claims.authorizedParty,
        ]
        // What is not set differs from what is set and empty.
        parts += optional.map { $0.map { "=\($0)" } ?? "" }
        for list in [settings.policyARNs?.value, settings.allowedAccounts?.value, token.claims.audiences] {
            parts.append(list.map { "\($0.count)" } ?? "")
            parts += list ?? []
        }
        let bytes = parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
        return Digest.hexadecimal(try Digest.sha256(bytes))
    }
}
