package import ProcessEnvironment

extension AdminCredentials {
    /// Returns the keys that the process environment holds: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for those
    /// of a session, `AWS_SESSION_TOKEN`; nil when neither of the first two is set.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when only one of them is set.
    package static func inEnvironment(
        _ environment: EnvironmentVariables
    ) throws(CredentialError) -> AdminCredentials? {
        let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        let values = names.map { environment.nonEmpty($0) }
        guard values.contains(where: { $0 != nil }) else { return nil }
        guard let identifier = values[0], let key = values[1] else {
            let missing = values[0] == nil ? names[0] : names[1]
            throw CredentialError(
                .settings,
                "of the caller's own credentials \(missing) is missing",
                nextStep: "set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither"
            )
        }
        let signing = SigningCredentials(
            accessKeyID: identifier,
            secretAccessKey: Secret(key),
            sessionToken: environment.nonEmpty("AWS_SESSION_TOKEN").map { Secret($0) }
        )
        guard signing.isUsable else {
            throw CredentialError(
                .settings,
                "the caller's own credentials (variables AWS_ACCESS_KEY_ID and so on) have characters that none have",
                nextStep: "set them anew, without spaces and line ends"
            )
        }
        return AdminCredentials(signing, from: .variable("AWS_ACCESS_KEY_ID"))
    }
}

extension SigningCredentials {
    /// Whether all parts are of visible ASCII, so that they can stand in header fields.
    var isUsable: Bool {
        let parts = [Array(accessKeyID.utf8), secretAccessKey.bytes] + (sessionToken.map { [$0.bytes] } ?? [])
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
            && !accessKeyID.contains("/") && !accessKeyID.contains(",")
    }
}
