package import ProcessEnvironment

/// Access to the IAM of one account with the caller's own credentials.
package struct AdminAccess: Sendable {
    /// What the command line says; nil where it says nothing.
    package struct Options: Sendable, Hashable {
        /// `--profile`: the profile whose credentials and endpoints count.
        package var profile: String?
        /// `--region`: a region of the partition.
        package var region: String?
        /// `--account`: the account that it must be.
        package var account: String?

        /// Creates options.
        package init(profile: String? = nil, region: String? = nil, account: String? = nil) {
            self.profile = profile
            self.region = region
            self.account = account
        }
    }

    /// Asks IAM.
    package let client: IAMClient
    /// The account's number.
    package let account: String
    /// The partition, as `aws` or `aws-cn`.
    package let partition: String
    /// Whose credentials these are; nil where the service cannot say.
    package let caller: CallerIdentity?

    /// Finds credentials, and asks whose they are.
    ///
    /// `onSecrets` gets what must be masked before anything is asked.
    ///
    /// - Throws: ``CredentialError`` when there are none, they are not accepted, or they are of another account than
    ///   the one that it must be.
    package static func open(
        _ options: Options,
        environment: EnvironmentVariables,
        onSecrets: ([Secret]) -> Void = { _ in }
    ) async throws(CredentialError) -> AdminAccess {
        let account = try checked(account: options.account)
        let selection = try ProfileSelection.select(option: options.profile, environment: environment)
        let region = try region(options.region, selection, environment)
        let credentials = try await AdminCredentials.find(in: selection, environment: environment)
        onSecrets(credentials.secrets)
        let client = try IAMClient(
            credentials: credentials,
            region: region,
            environment: environment,
            profile: selection.profile
        )
        let identity = try await identity(from: client, account: account)
        if let identity, let account, identity.account != account {
            throw CredentialError(
                .settings,
                "your own credentials (\(credentials.origin)) are of account \(identity.account), and not of \(account)",
                details: ["caller: \(identity.arn)"],
                nextStep: "give credentials of account \(account), or another --account"
            )
        }
        return AdminAccess(
            client: client,
            account: identity?.account ?? account ?? "",
            partition: identity?.partition ?? partition(of: region),
            caller: identity
        )
    }

    /// Returns the partition of a region, or of the one that variables or the profile name; without any, `aws`.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when the region is none.
    package static func partition(
        _ options: Options,
        environment: EnvironmentVariables
    ) throws(CredentialError) -> String {
        let selection = try ProfileSelection.select(option: options.profile, environment: environment)
        return partition(of: try region(options.region, selection, environment))
    }

    /// Returns the number of an account.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when it is none.
    package static func checked(account: String?) throws(CredentialError) -> String? {
        guard let account else { return nil }
        guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(account, limit: 80))' is not the number of an account",
                nextStep: "give its 12 digits"
            )
        }
        return account
    }

    private static func partition(of region: String?) -> String {
        region.map { Partition.of(region: $0).name } ?? Partition.aws.name
    }

    private static func region(
        _ option: String?,
        _ selection: ProfileSelection,
        _ environment: EnvironmentVariables
    ) throws(CredentialError) -> String? {
        let variables = ["OKTETO_RUN_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"]
        var region = try SettingsReader(environment: environment).find(option, "--region", variables)
        if region == nil { region = try selection.profile?.text("region") }
        guard let region else { return nil }
        guard RegionName.isValid(region.value) else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(region.value, limit: 80))' (\(region.origin)) is not a region",
                nextStep: "give lower-case letters, digits and hyphens only, as in us-east-2"
            )
        }
        return region.value
    }

    /// Services other than AWS may not have this operation; then the account must be given.
    private static func identity(
        from client: IAMClient,
        account: String?
    ) async throws(CredentialError) -> CallerIdentity? {
        do {
            return try await client.callerIdentity()
        } catch {
            let codes: Set = ["InvalidAction", "MethodNotAllowed", "NotImplemented", "UnsupportedOperation"]
            guard account != nil, codes.contains(error.serviceCode ?? "") else { throw error }
            return nil
        }
    }
}
