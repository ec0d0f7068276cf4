internal import HTTPTransport
package import ProcessEnvironment

/// Asks IAM, with the caller's own credentials, for identity providers, roles and their policies.
///
/// See the IAM API reference, version 2010-05-08. Requests are signed and go to the partition's endpoint, or to the one
/// that `AWS_ENDPOINT_URL_IAM`, `AWS_ENDPOINT_URL` or an option names.
package struct IAMClient: Sendable {
    let api: QueryAPI
    private let identityAPI: QueryAPI

    /// Creates a client; nothing is asked yet.
    ///
    /// `region` decides the partition. `profile` may name endpoints and authorities, after the variables. `environment` is what the process was started with: from another one, signed
    /// requests could be sent elsewhere.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when an endpoint cannot be used.
    package init(
        credentials: AdminCredentials,
        region: String?,
        environment: EnvironmentVariables,
        profile: AWSProfile? = nil,
        endpoint: String? = nil,
        policy: RetryPolicy = RetryPolicy(maximumAttempts: 5),
        clock: CredentialClock = .system
    ) throws(CredentialError) {
        var authorities = environment.nonEmpty("AWS_CA_BUNDLE")
        if authorities == nil { authorities = try profile?.text("ca_bundle")?.value }
        let client = HTTPClient(destination: .network, tls: TLSSettings(authorities: authorities))
        let place = try IAMEndpoint.resolve(
            region: region,
            option: endpoint,
            profile: profile,
            environment: environment
        )
        api = QueryAPI(
            name: "IAM",
            version: "2010-05-08",
            endpoint: place.endpoint,
            admin: credentials,
            region: place.signingRegion,
            client: client,
            policy: policy,
            clock: clock
        )
        let home = region ?? place.signingRegion
        var identity = try IAMEndpoint.configured(nil, "", service: "sts", profile, environment)
        if identity == nil {
            var reader = SettingsReader(environment: environment)
            reader.profile = profile
            identity = try STSEndpoint.resolve(region: home, option: nil, reader: reader)
        }
        identityAPI = QueryAPI(
            name: "STS",
            version: "2011-06-15",
            endpoint: identity ?? place.endpoint,
            admin: credentials,
            region: home,
            client: client,
            policy: policy,
            clock: clock
        )
    }

    /// The URL of IAM.
    package var endpoint: String { api.endpoint.value.url }

    /// Returns whose credentials these are.
    ///
    /// - Throws: ``CredentialError`` when they are not accepted, or STS cannot be asked.
    package func callerIdentity() async throws(CredentialError) -> CallerIdentity {
        let answer = try await identityAPI.send("GetCallerIdentity", of: "")
        guard let account = answer?.value("Account"), let arn = answer?.value("Arn") else {
            throw CredentialError(
                .response,
                "the answer of \(identityAPI.endpoint.value.url) does not say whose credentials these are"
            )
        }
        return CallerIdentity(account: DisplayText.clean(account), arn: DisplayText.clean(arn, limit: 2048))
    }

    /// Returns nil in place of the error `NoSuchEntity`.
    func unlessMissing<Value>(
        _ body: () async throws(CredentialError) -> Value
    ) async throws(CredentialError) -> Value? {
        do {
            return try await body()
        } catch {
            guard error.serviceCode == "NoSuchEntity" else { throw error }
            return nil
        }
    }
}
