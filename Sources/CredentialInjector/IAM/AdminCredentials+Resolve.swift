internal import FoundationEssentials
package import ProcessEnvironment

extension AdminCredentials {
    /// What a program that `credential_process` names prints.
    private struct ProcessOutput: Decodable {
        let version: Int?
        let accessKeyID: String
        let secretAccessKey: String
        let sessionToken: String?
        let expiration: String?

        enum CodingKeys: String, CodingKey {
            case version = "Version"
            case accessKeyID = "AccessKeyId"
            case secretAccessKey = "SecretAccessKey"
            case sessionToken = "SessionToken"
            case expiration = "Expiration"
        }
    }

    /// Finds the caller's own credentials in the order of the AWS tools: a profile that was named by `--profile` or
    /// `OKTETO_RUN_PROFILE`, else `AWS_ACCESS_KEY_ID` and its like, else the profile of `AWS_PROFILE` or `default`.
    ///
    /// Of a profile, its keys and its `credential_process` are used.
    ///
    /// - Throws: ``CredentialError`` of code `ownCredentials` when there are none, or a profile gets them in another way,
    ///   and `settings` when what there is cannot be used.
    package static func find(
        in selection: ProfileSelection,
        environment: EnvironmentVariables,
        clock: CredentialClock = .system
    ) async throws(CredentialError) -> AdminCredentials {
        switch selection.name.origin {
        case .option, .variable("OKTETO_RUN_PROFILE"): break
        default: if let found = try inEnvironment(environment) { return found }
        }
        guard let profile = selection.profile else { throw selection.absence ?? none }
        if let found = try await find(in: profile, environment: environment, clock: clock) { return found }
        guard selection.name.origin == .standard else { throw other(profile, "") }
        throw none
    }

    private static var none: CredentialError {
        CredentialError(
            .ownCredentials,
            "there are no credentials of your own to ask IAM with",
            nextStep: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile (--profile), or run: "
                + "eval \"$(aws configure export-credentials --format env)\""
        )
    }

    private static func other(_ profile: AWSProfile, _ way: String) -> CredentialError {
        let name = DisplayText.clean(profile.name, limit: 80)
        let words = ShellWords.quote(profile.name)
        return CredentialError(
            .ownCredentials,
            "profile '\(name)' has no keys and no credential_process" + way,
            nextStep: "run: eval \"$(aws configure export-credentials --profile \(words) --format env)\", "
                + "and this command again, without --profile"
        )
    }

    /// Returns the keys that the process environment holds: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for those
    /// of a session, `AWS_SESSION_TOKEN`; nil when neither of the first two is set.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when only one of them is set.
    package static func inEnvironment(
        _ environment: EnvironmentVariables
    ) throws(CredentialError) -> AdminCredentials? {
        try pair(
            environment.nonEmpty("AWS_ACCESS_KEY_ID").map { Setting($0, from: .variable("AWS_ACCESS_KEY_ID")) },
            environment.nonEmpty("AWS_SECRET_ACCESS_KEY").map { Secret($0) },
            environment.nonEmpty("AWS_SESSION_TOKEN").map { Secret($0) },
            names: ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        )
    }

    private static func find(
        in profile: AWSProfile,
        environment: EnvironmentVariables,
        clock: CredentialClock
    ) async throws(CredentialError) -> AdminCredentials? {
        for key in ["role_arn", "sso_session", "sso_start_url", "login_session"] where profile.has(key) {
            throw other(profile, " of its own, but \(key)")
        }
        let found = try pair(
            try profile.text("aws_access_key_id"),
            try profile.secret("aws_secret_access_key")?.value,
            try profile.secret("aws_session_token")?.value,
            names: ("aws_access_key_id", "aws_secret_access_key")
        )
        if let found { return found }
        guard let process = try profile.secret("credential_process") else { return nil }
        return try await run(process, environment, clock)
    }

    private static func pair(
        _ identifier: Setting<String>?,
        _ key: Secret?,
        _ token: Secret?,
        names: (String, String)
    ) throws(CredentialError) -> AdminCredentials? {
        guard identifier != nil || key != nil else { return nil }
        guard let identifier, let key else {
            throw CredentialError(
                .settings,
                "of your own credentials \(identifier == nil ? names.0 : names.1) is missing",
                nextStep: "set both \(names.0) and \(names.1), or neither"
            )
        }
        let signing = SigningCredentials(accessKeyID: identifier.value, secretAccessKey: key, sessionToken: token)
        guard signing.isUsable else {
            throw CredentialError(
                .settings,
                "your own credentials (\(identifier.origin)) have characters that none have",
                nextStep: "set them anew, without spaces and line ends"
            )
        }
        return AdminCredentials(signing, from: identifier.origin)
    }

    private static func run(
        _ process: Setting<Secret>,
        _ environment: EnvironmentVariables,
        _ clock: CredentialClock
    ) async throws(CredentialError) -> AdminCredentials {
        let hint = "run the program by itself and see that it prints the JSON that the AWS tools expect"
        guard let words = ShellWords.split(process.value.reveal()), !words.isEmpty else {
            throw CredentialError(.settings, "\(process.origin) is empty or has a quote without its end")
        }
        let result: HelperProgramResult
        do {
            result = try await HelperProgram(words: words, environment: environment, timeout: .seconds(60)).run()
        } catch {
            guard error.code != .cancelled else { throw CredentialError(.cancelled, "cancelled") }
            throw CredentialError(
                .settings,
                "\(process.origin) gave no credentials: \(DisplayText.clean(error.message))",
                nextStep: hint
            )
        }
        guard result.exitStatus == 0 else {
            let words = DisplayText.clean(result.standardError, limit: 600)
            throw CredentialError(
                .settings,
                "\(process.origin) failed with exit status \(result.exitStatus)",
                details: words.isEmpty ? [] : ["its standard error: \(words)"],
                nextStep: hint
            )
        }
        let bytes = Data(result.standardOutput.bytes)
        guard let output = try? JSONDecoder().decode(ProcessOutput.self, from: bytes), output.version == 1 else {
            throw CredentialError(.settings, "\(process.origin) printed no credentials", nextStep: hint)
        }
        if let text = output.expiration {
            guard let end = ServiceTime.timestamp(text), end > clock.now() else {
                throw CredentialError(
                    .settings,
                    "\(process.origin) gave credentials that have expired",
                    nextStep: "log in again, where the program needs that"
                )
            }
        }
        let signing = SigningCredentials(
            accessKeyID: output.accessKeyID,
            secretAccessKey: Secret(output.secretAccessKey),
            sessionToken: output.sessionToken.flatMap { $0.isEmpty ? nil : Secret($0) }
        )
        guard signing.isUsable else {
            throw CredentialError(.settings, "\(process.origin) printed no credentials", nextStep: hint)
        }
        return AdminCredentials(signing, from: process.origin)
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
