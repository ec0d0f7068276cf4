/// The rule that only roles of certain accounts are assumed.
enum AllowedAccounts {
    /// Checks the account of a role against those allowed.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when it is another.
    static func check(_ account: String, of role: String, _ allowed: Setting<[String]>?) throws(CredentialError) {
        guard let allowed, !allowed.value.contains(account) else { return }
        throw CredentialError(
            .settings,
            "\(role) is of account \(DisplayText.clean(account, limit: 40)), and only "
                + "\(allowed.value.joined(separator: ", ")) may be used (\(allowed.origin)); the token was not sent",
            nextStep: "name a role of an allowed account, or allow this one with --allowed-account"
        )
    }

    /// Checks the account that credentials turned out to be for; what STS does not tell is not allowed.
    ///
    /// - Throws: ``CredentialError`` of code `refused` when it is another.
    static func check(_ credentials: TemporaryCredentials, _ settings: CredentialSettings) throws(CredentialError) {
        guard let allowed = settings.allowedAccounts else { return }
        let parts = credentials.assumedRoleARN.split(separator: ":", omittingEmptySubsequences: false)
        let account = parts.count >= 6 ? String(parts[4]) : ""
        guard !allowed.value.contains(account) else { return }
        throw CredentialError(
            .refused,
            "STS issued credentials of account '\(DisplayText.clean(account, limit: 40))', and only "
                + "\(allowed.value.joined(separator: ", ")) may be used (\(allowed.origin)); they are not used",
            nextStep: "see why \(settings.endpoint.value.url) answers for another account than the role's"
        )
    }
}
