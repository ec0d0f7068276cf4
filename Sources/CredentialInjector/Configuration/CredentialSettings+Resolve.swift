package import ProcessEnvironment

extension CredentialSettings {
    /// Returns the settings that hold for a phase, or nil when no role is configured anywhere.
    ///
    /// Options win over `OKTETO_RUN_…` variables, those over the `AWS_…` variables of the SDKs, those over the user's
    /// credential settings, and those over a profile of the AWS tools: each setting by itself, as botocore does it.
    /// `environment` is what the process was started with: never what a manifest or a `.env` file added, because that is
    /// repository content and could send the identity token elsewhere.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when one is missing or cannot work.
    package static func resolve(
        options: CredentialOptions,
        environment: EnvironmentVariables,
        phase: String,
        surroundings: TokenSurroundings = TokenSurroundings()
    ) throws(CredentialError) -> CredentialSettings? {
        let selection = try ProfileSelection.select(option: options.profile, environment: environment)
        var reader = SettingsReader(environment: environment)
        reader.configuration = try UserConfiguration.load(
            option: options.credentialsConfiguration,
            environment: environment
        )
        reader.profile = selection.profile
        let choice = TokenSourceChoice(options: options, reader: reader, surroundings: surroundings)
        let configured = try choice.configured()
        guard let role = try role(options, reader, selection) else {
            if let absence = selection.absence { throw absence }
            if let configured, configured.origin != .variable("AWS_WEB_IDENTITY_TOKEN_FILE") {
                throw CredentialError(
                    .settings,
                    "a token source is configured (\(configured.origin)), but no role to assume with it",
                    nextStep: "set --role-arn or OKTETO_RUN_ROLE_ARN to the role's ARN"
                )
            }
            return nil
        }
        let region = try self.region(options, reader)
        let endpoint = try STSEndpoint.resolve(region: region.value, option: options.stsEndpoint, reader: reader)
        let arn = try roleARN(role, isLocal: endpoint.value.isLoopback)
        let source: Setting<TokenSourceDescription>
        if let configured {
            source = configured
        } else {
            source = try choice.automatic(role: "\(arn.text) (\(role.origin))")
        }
        var warnings = reader.configuration?.warnings ?? []
        if let absence = selection.absence { warnings.append(absence.message) }
        let partition = Partition.of(region: region.value).name
        if partition != arn.partition {
            warnings.append(
                "the role is in partition '\(arn.partition)' but region \(region.value) is in '\(partition)'"
            )
        }
        if endpoint.origin != .standard {
            for names in [SettingNames.usesFIPS, .usesDualStack] where try reader.isTrue(names) {
                let name = names.variables.first ?? ""
                warnings.append("\(name) has no effect on the endpoint that is set (\(endpoint.origin))")
            }
        }
        let accounts = try allowedAccounts(options, reader, isLocal: endpoint.value.isLoopback)
        try AllowedAccounts.check(arn.account, of: "the role \(arn.text) (\(role.origin))", accounts)
        let attempts = try reader.find(nil, .attempts)
        if let attempts, Int(attempts.value) == nil {
            warnings.append("the number of attempts (\(attempts.origin)) is not a number and is ignored")
        }
        return CredentialSettings(
            roleARN: Setting(arn, from: role.origin),
            region: region,
            audience: try reader.find(options.audience, .audience),
            expectedIssuer: try reader.find(options.expectedIssuer, .expectedIssuer),
            expectedSubject: try reader.find(options.expectedSubject, .expectedSubject),
            tokenSource: source,
            sessionName: try sessionName(options, reader, phase: phase),
            duration: try duration(options, reader, role, isLocal: endpoint.value.isLoopback),
            sessionPolicy: try sessionPolicy(options, reader),
            policyARNs: try policyARNs(options, reader),
            allowedAccounts: accounts,
            endpoint: endpoint,
            authorities: try reader.find(nil, .authorities),
            maximumAttempts: min(max(attempts.flatMap { Int($0.value) } ?? 3, 1), 10),
            profile: selection,
            configurationPath: reader.configuration?.path,
            warnings: warnings,
            environment: environment
        )
    }

    /// Returns the role to assume.
    ///
    /// That of a profile with `source_profile` or `credential_source`, and without a token file, is assumed with keys:
    /// no identity token is exchanged for it, and it is left to the AWS tools.
    private static func role(
        _ options: CredentialOptions,
        _ reader: SettingsReader,
        _ selection: ProfileSelection
    ) throws(CredentialError) -> Setting<String>? {
        var reader = reader
        var keyed: String?
        if let profile = reader.profile, !profile.has("web_identity_token_file") {
            keyed = ["source_profile", "credential_source"].first { profile.has($0) }
        }
        let named: Setting<String>? = keyed == nil ? nil : selection.name
        if keyed != nil { reader.profile = nil }
        if let role = try reader.find(options.roleARN, .role) { return role }
        if let keyed, let named, [.option("--profile"), .variable("OKTETO_RUN_PROFILE")].contains(named.origin) {
            throw CredentialError(
                .settings,
                "the role of profile \(DisplayText.clean(named.value, limit: 80)) (\(named.origin)) is assumed with keys "
                    + "(\(keyed)), and not with an identity token",
                nextStep: "name a profile with role_arn and web_identity_token_file, or set --role-arn"
            )
        }
        return nil
    }

    private static func region(
        _ options: CredentialOptions,
        _ reader: SettingsReader
    ) throws(CredentialError) -> Setting<String> {
        guard let region = try reader.find(options.region, .region) else {
            throw CredentialError(
                .settings,
                "a role is configured, but not the region of the STS endpoint",
                nextStep: "set --region, OKTETO_RUN_REGION or AWS_REGION, as in --region us-east-2, or region in the "
                    + "credential settings or the profile"
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
        guard let name = try reader.find(options.sessionName, .sessionName) else {
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
        _ role: Setting<String>,
        isLocal: Bool
    ) throws(CredentialError) -> Setting<Int>? {
        var reader = reader
        // A profile says how long the sessions of its own role last, and not those of another.
        if case .profile = role.origin {} else { reader.profile = nil }
        guard let text = try reader.find(options.duration, .duration) else { return nil }
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
        guard let policy = try reader.find(options.sessionPolicy, .sessionPolicy) else { return nil }
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
}
