internal import CredentialInjector
internal import ProcessEnvironment

/// The credentials of a phase: the settings, and the provider that exchanges and renews.
struct CredentialSupply: Sendable {
    /// The settings, or nil where no role is configured.
    let settings: CredentialSettings?
    private let provider: CredentialProvider?
    private let mode: CredentialsMode
    /// The environment that the program was started with.
    private let environment: EnvironmentVariables

    /// Resolves the settings; nothing is asked for yet.
    ///
    /// - Throws: ``CredentialError`` when a role is configured and the settings cannot work.
    init(
        _ options: CredentialOptionGroup,
        _ delivery: CredentialDelivery,
        environment: EnvironmentVariables,
        phase: String,
        reporter: Reporter
    ) throws {
        self.environment = environment
        self.mode = delivery.mode
        guard !options.noCredentials else {
            settings = nil
            provider = nil
            return
        }
        let settings = try CredentialSettings.resolve(
            options: options.options,
            environment: environment,
            phase: phase
        )
        self.settings = settings
        for warning in settings?.warnings ?? [] { reporter.say(.warning, warning) }
        provider = settings.map { settings in
            CredentialProvider(
                settings: settings,
                window: delivery.mode == .endpoint ? .endpoint : .commands,
                cached: delivery.cache.isUsed
            ) { event in Self.show(event, reporter) }
        }
    }

    /// Makes the exchanges that the run needs, until the task is cancelled.
    func keep() async {
        await provider?.keep()
    }

    /// Runs a phase, beside the endpoint where that is how the credentials are delivered; else `body` gets nil.
    ///
    /// `onHandOut` is told the secrets of credentials before a program gets them from the endpoint.
    ///
    /// - Throws: what `body` throws, or an error of the endpoint.
    func serving<Value: Sendable>(
        onHandOut: @escaping @Sendable ([Secret]) -> Void,
        _ body: (CredentialEndpoint?) async throws -> Value
    ) async throws -> Value {
        guard mode == .endpoint, let provider, let settings else { return try await body(nil) }
        return try await CredentialEndpoint.serve(
            provider,
            role: settings.roleARN.value,
            onHandOut: onHandOut,
            body
        )
    }

    /// Returns credentials for the next command, renewed where it is time, or where it finds them; nil where no role is
    /// configured.
    ///
    /// - Throws: ``CredentialError`` when they are refused or out of reach.
    func current(
        for variables: EnvironmentVariables,
        from endpoint: CredentialEndpoint?
    ) async throws -> SuppliedCredentials? {
        guard let provider, let settings else { return nil }
        let region = settings.region.value
        let credentials = try await provider.credentials()
        let supplied =
            if let endpoint {
                ChildEnvironment.endpointVariables(endpoint, region: region, phase: variables)
            } else {
                ChildEnvironment.credentialVariables(credentials, region: region, phase: variables)
            }
        return SuppliedCredentials(
            variables: supplied,
            removed: ChildEnvironment.removedNames.filter { supplied[$0] == nil },
            secrets: credentials.secrets + (endpoint?.secrets ?? [])
        )
    }

    /// Returns a login for the registry at `host` where that is one of Amazon ECR and a role is configured, else nil.
    ///
    /// - Throws: ``CredentialError`` when the credentials or the login are refused or out of reach.
    func login(forRegistry host: String) async throws -> ECRLogin? {
        guard let provider, let registry = ECRRegistry(host: host) else { return nil }
        let credentials = try await provider.credentials()
        let authorization = ECRAuthorization(environment: environment, settings: settings)
        return try await authorization.login(for: registry, with: credentials)
    }

    /// Shows what happens on the way to credentials, and masks the secrets in it from now on.
    static func show(_ event: CredentialEvent, _ reporter: Reporter) {
        switch event {
        case .tokenFetched(_, let secrets):
            reporter.conceal(secrets)
        case .warning(let text):
            reporter.say(.warning, text)
        case .retrying(let attempt, let reason, let pause):
            reporter.say(
                .warning,
                "attempt \(attempt) at STS failed: \(reason); trying again in \(RunTime.text(pause))"
            )
        case .issued(let credentials):
            reporter.conceal(credentials.secrets)
            record(credentials, reporter)
            let source = credentials.sourceIdentity.map { ", source identity \($0)" } ?? ""
            reporter.say(.info, "assumed \(credentials.assumedRoleARN) until \(credentials.expirationText)\(source)")
        case .reused(let credentials):
            reporter.conceal(credentials.secrets)
            record(credentials, reporter)
            reporter.say(.info, "using \(credentials.assumedRoleARN), kept until \(credentials.expirationText)")
        case .refreshFailed(let error, let remaining):
            reporter.say(
                .warning,
                "could not renew the credentials, which hold for another \(RunTime.text(remaining)): \(error.message)"
            )
        }
    }

    private static func record(_ credentials: TemporaryCredentials, _ reporter: Reporter) {
        reporter.record(
            .assumed(AssumedRole(arn: credentials.assumedRoleARN, expiration: credentials.expirationText))
        )
    }
}
