internal import FoundationEssentials
internal import HTTPTransport
package import ProcessEnvironment

/// The token service that GitHub Actions and Forgejo Actions have for their jobs.
///
/// https://docs.github.com/en/actions/reference/security/oidc
package struct ActionsTokenSource: IdentityTokenSource {
    private struct Answer: Decodable {
        let value: String?
    }

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

    package var name: String { TokenSourceDescription.actions.description }

    package func fetch() async throws(CredentialError) -> Secret {
        try await acquire().token
    }

    package func acquire() async throws(CredentialError) -> AcquiredToken {
        guard let url = environment.nonEmpty("ACTIONS_ID_TOKEN_REQUEST_URL"),
            let bearer = environment.nonEmpty("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
        else { throw Self.permissionIsMissing }
        guard !url.contains("#") else {
            throw CredentialError(.tokenSource, "ACTIONS_ID_TOKEN_REQUEST_URL is no URL that can be asked")
        }
        let separator = url.contains("?") ? "&" : "?"
        let endpoint = TokenEndpoint(
            name: "token service of the Actions job",
            client: HTTPClient(),
            policy: policy,
            clock: clock
        )
        let response = try await endpoint.get(
            url + separator + TokenEndpoint.query([("audience", audience)]),
            headers: [HTTPHeader("Authorization", "bearer \(bearer)"), HTTPHeader("Accept", "application/json")],
            refusal:
                "check that the job may request tokens (permissions: id-token: write), and that it is still running"
        )
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)),
            let value = answer.value, !value.isEmpty
        else {
            throw CredentialError(.tokenSource, "the answer of the token service of the Actions job has no token in it")
        }
        return AcquiredToken(Secret(value), secrets: [Secret(bearer)])
    }

    /// What to say in a job that was not given the two variables.
    static let permissionIsMissing = CredentialError(
        .tokenSource,
        "this job of GitHub or Forgejo Actions may not request identity tokens: ACTIONS_ID_TOKEN_REQUEST_URL and "
            + "ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set",
        nextStep: "GitHub: give the job 'permissions: id-token: write' (a pull request from a fork cannot have it); "
            + "Forgejo: give it 'enable-openid-connect: true'"
    )
}
