internal import HTTPTransport
package import ProcessEnvironment

/// The metadata server of Google Cloud, which every machine, container and function there can ask.
///
/// https://cloud.google.com/compute/docs/instances/verifying-instance-identity
package struct GoogleTokenSource: IdentityTokenSource {
    /// The names and addresses of the server: plain http, so that nothing else may be asked by it.
    private static let hosts = ["metadata.google.internal", "metadata", "169.254.169.254", "[fd20:ce::254]"]

    private let environment: EnvironmentVariables
    private let audience: String
    private let policy: RetryPolicy
    private let clock: CredentialClock

    /// Creates a source that asks for tokens of one audience.
    package init(
        environment: EnvironmentVariables,
        audience: String,
        policy: RetryPolicy = RetryPolicy(),
        clock: CredentialClock = .system
    ) {
        self.environment = environment
        self.audience = audience
        self.policy = policy
        self.clock = clock
    }

    package var name: String { TokenSourceDescription.google.description }

    package func fetch() async throws(CredentialError) -> Secret {
        let host = environment.nonEmpty("GCE_METADATA_HOST") ?? Self.hosts[0]
        let isKnown = Self.hosts.contains { host == $0 || host == $0 + ":80" }
        let isHere = STSEndpoint(custom: "http://\(host)")?.isLoopback == true && !host.contains("/")
        guard isKnown || isHere else {
            throw CredentialError(
                .settings,
                "GCE_METADATA_HOST is '\(DisplayText.clean(host, limit: 80))', which is not the metadata server",
                nextStep: "unset it, or set it to metadata.google.internal"
            )
        }
        let query = TokenEndpoint.query([("audience", audience), ("format", "full")])
        let endpoint = TokenEndpoint(
            name: "metadata server of Google Cloud",
            client: HTTPClient(destination: .plainNetwork),
            policy: policy,
            clock: clock
        )
        let response = try await endpoint.get(
            "http://\(host)/computeMetadata/v1/instance/service-accounts/default/identity?\(query)",
            headers: [HTTPHeader("Metadata-Flavor", "Google")],
            refusal: "check that the machine has a service account"
        )
        // Whatever else answers at that address does not know the field.
        guard response.header("Metadata-Flavor") == "Google" else {
            throw CredentialError(
                .tokenSource,
                "what answers at \(DisplayText.clean(host, limit: 80)) is not the metadata server of Google Cloud"
            )
        }
        return Secret(bytes: response.body)
    }
}
