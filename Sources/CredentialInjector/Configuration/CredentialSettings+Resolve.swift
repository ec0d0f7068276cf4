package import ProcessEnvironment

extension CredentialSettings {
    /// Returns the settings that hold for a phase, or nil when no role is configured anywhere.
    ///
    /// Options win over `OKTETO_RUN_…` variables, and those over the `AWS_…` variables of the SDKs. `environment` is
    /// what the process was started with: never what a manifest or a `.env` file added, because that is repository
    /// content and could send the identity token elsewhere.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when one is missing or cannot work.
    package static func resolve(
        options: CredentialOptions,
        environment: EnvironmentVariables,
        phase: String
    ) throws(CredentialError) -> CredentialSettings? {
        let reader = SettingsReader(environment: environment)
        let source = try tokenSource(options, reader)
        guard let role = try reader.find(options.roleARN, "--role-arn", ["OKTETO_RUN_ROLE_ARN", "AWS_ROLE_ARN"]) else {
            if let source, source.origin != .variable("AWS_WEB_IDENTITY_TOKEN_FILE") {
                throw CredentialError(
                    .settings,
                    "a token source is configured (\(source.origin)), but no role to assume with it",
                    nextStep: "set --role-arn or OKTETO_RUN_ROLE_ARN to the role's ARN"
                )
            }
            return nil
        }
        let region = try self.region(options, reader)
        let endpoint = try STSEndpoint.resolve(
            region: region.value,
            option: options.stsEndpoint,
            environment: environment
        )
        let arn = try roleARN(role, isLocal: endpoint.value.isLoopback)
        guard let source else {
            throw CredentialError(
                .settings,
                "the role \(arn.text) is configured (\(role.origin)), but no identity token to assume it with",
                nextStep: "set --token-file, --token-env or --token-command (or OKTETO_RUN_TOKEN_FILE, "
                    + "OKTETO_RUN_TOKEN_ENV, OKTETO_RUN_TOKEN_COMMAND, AWS_WEB_IDENTITY_TOKEN_FILE)"
            )
        }
        var warnings: [String] = []
        let partition = Partition.of(region: region.value).name
        if partition != arn.partition {
            warnings.append(
                "the role is in partition '\(arn.partition)' but region \(region.value) is in '\(partition)'"
            )
        }
        if endpoint.origin != .standard {
            for variable in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] where reader.isTrue(variable) {
                warnings.append("\(variable) has no effect on the endpoint that is set (\(endpoint.origin))")
            }
        }
        let accounts = try allowedAccounts(options, reader, isLocal: endpoint.value.isLoopback)
        try AllowedAccounts.check(arn.account, of: "the role \(arn.text) (\(role.origin))", accounts)
        let attempts = environment.nonEmpty("AWS_MAX_ATTEMPTS").map { Int($0) }
        if attempts == .some(nil) { warnings.append("AWS_MAX_ATTEMPTS is not a number and is ignored") }
        return CredentialSettings(
            roleARN: Setting(arn, from: role.origin),
            region: region,
            audience: try reader.find(options.audience, "--audience", ["OKTETO_RUN_AUDIENCE"]),
            tokenSource: source,
            sessionName: try sessionName(options, reader, phase: phase),
            duration: try duration(options, reader, isLocal: endpoint.value.isLoopback),
            sessionPolicy: try sessionPolicy(options, reader),
            policyARNs: try policyARNs(options, reader),
            allowedAccounts: accounts,
            endpoint: endpoint,
            authorities: try reader.find(nil, "", ["AWS_CA_BUNDLE"]),
            maximumAttempts: min(max((attempts ?? nil) ?? 3, 1), 10),
            warnings: warnings,
            environment: environment
        )
    }

    private static func region(
        _ options: CredentialOptions,
        _ reader: SettingsReader
    ) throws(CredentialError) -> Setting<String> {
        let variables = ["OKTETO_RUN_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"]
        guard let region = try reader.find(options.region, "--region", variables) else {
            throw CredentialError(
                .settings,
                "a role is configured, but not the region of the STS endpoint",
                nextStep: "set --region, OKTETO_RUN_REGION or AWS_REGION, as in --region us-east-2"
            )
        }
        guard RegionName.isValid(region.value) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(region.value, limit: 80))' (\(region.origin)) is not a region",
                nextStep: "give lower-case letters, digits and hyphens only, as in us-east-2"
            )
        }
        return region
    }

    private static func roleARN(_ role: Setting<String>, isLocal: Bool) throws(CredentialError) -> RoleARN {
        guard let arn = RoleARN(role.value, allowsAnyAccount: isLocal) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(role.value, limit: 200))' (\(role.origin)) is not the ARN of a role",
                nextStep: "give it as arn:aws:iam::ACCOUNT:role/NAME, with the account's 12 digits"
            )
        }
        return arn
    }

    private static func sessionName(
        _ options: CredentialOptions,
        _ reader: SettingsReader,
        phase: String
    ) throws(CredentialError) -> Setting<String> {
        let variables = ["OKTETO_RUN_SESSION_NAME", "AWS_ROLE_SESSION_NAME"]
        guard let name = try reader.find(options.sessionName, "--session-name", variables) else {
            return Setting(SessionName.standard(phase: phase, environment: reader.environment), from: .standard)
        }
        guard SessionName.isValid(name.value) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(name.value, limit: 80))' (\(name.origin)) cannot name a role session",
                nextStep: "use 2 to 64 of: A-Z a-z 0-9 _ + = , . @ -"
            )
        }
        return name
    }

    private static func duration(
        _ options: CredentialOptions,
        _ reader: SettingsReader,
        isLocal: Bool
    ) throws(CredentialError) -> Setting<Int>? {
        guard let text = try reader.find(options.duration, "--duration", ["OKTETO_RUN_DURATION"]) else { return nil }
        // Services on the machine itself are for tests, where sessions of a few seconds are wanted.
        let allowed = isLocal ? 1...SessionDuration.allowed.upperBound : SessionDuration.allowed
        guard let seconds = SessionDuration.seconds(text.value), allowed.contains(seconds) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(text.value, limit: 40))' (\(text.origin)) is not a duration that STS takes",
                nextStep: "give 900 to 43200 seconds, as in 3600, 45m or 1h30m"
            )
        }
        return Setting(seconds, from: text.origin)
    }

    private static func sessionPolicy(
        _ options: CredentialOptions,
        _ reader: SettingsReader
    ) throws(CredentialError) -> Setting<String>? {
        let variables = ["OKTETO_RUN_SESSION_POLICY"]
        guard let policy = try reader.find(options.sessionPolicy, "--session-policy", variables) else { return nil }
        let isLegal = policy.value.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0xFF: true
            default: false
            }
        }
        guard isLegal, policy.value.unicodeScalars.count <= 2048, JSONObject.isObject(Array(policy.value.utf8)) else {
            throw CredentialError(
                .settings,
                "the session policy (\(policy.origin)) is not a JSON object of at most 2048 Latin-1 characters",
                nextStep: "give an IAM policy document, as in {\"Version\":\"2012-10-17\",\"Statement\":[…]}"
            )
        }
        return policy
    }

    private static func tokenSource(
        _ options: CredentialOptions,
        _ reader: SettingsReader
    ) throws(CredentialError) -> Setting<TokenSourceDescription>? {
        let levels: [[Setting<String>?]] = [
            [
                try reader.find(options.tokenFile, "--token-file", []),
                try reader.find(options.tokenEnvironment, "--token-env", []),
                try reader.find(options.tokenCommand, "--token-command", []),
            ],
            [
                try reader.find(nil, "", ["OKTETO_RUN_TOKEN_FILE"]),
                try reader.find(nil, "", ["OKTETO_RUN_TOKEN_ENV"]),
                try reader.find(nil, "", ["OKTETO_RUN_TOKEN_COMMAND"]),
            ],
            [try reader.find(nil, "", ["AWS_WEB_IDENTITY_TOKEN_FILE"])],
        ]
        for level in levels {
            let found = level.enumerated().compactMap { index, setting in setting.map { (index, $0) } }
            guard let (index, setting) = found.first else { continue }
            guard found.count == 1 else {
                throw CredentialError(
                    .settings,
                    "more than one token source: " + found.map { "\($0.1.origin)" }.joined(separator: ", "),
                    nextStep: "give one of them"
                )
            }
            return Setting(try description(setting, index: index), from: setting.origin)
        }
        return nil
    }

    private static func description(
        _ setting: Setting<String>,
        index: Int
    ) throws(CredentialError) -> TokenSourceDescription {
        switch index {
        case 0: return .file(path: setting.value)
        case 1: return .environment(name: setting.value)
        default:
            guard let words = ShellWords.split(setting.value), !words.isEmpty else {
                throw CredentialError(
                    .settings,
                    "the token command (\(setting.origin)) is empty, or has a quote or backslash without its end",
                    nextStep: "quote words as in a shell; to use one, give sh -c '…'"
                )
            }
            return .command(words)
        }
    }
}
