package import ProcessEnvironment

/// Everything that an exchange needs to know, checked, with where each value was set.
package struct CredentialSettings: Sendable, Hashable {
    /// The role to assume.
    package let roleARN: Setting<RoleARN>
    /// The region of the STS endpoint.
    package let region: Setting<String>
    /// The audience that the identity token must be for, or nil when any will do.
    package let audience: Setting<String>?
    /// The issuer that the identity token must be from, or nil when any will do.
    package let expectedIssuer: Setting<String>?
    /// The subject that the identity token must be about, or nil when any will do.
    package let expectedSubject: Setting<String>?
    /// Where the identity token comes from.
    package let tokenSource: Setting<TokenSourceDescription>
    /// The name of the role session.
    package let sessionName: Setting<String>
    /// The seconds that the credentials should hold, or nil for what STS gives by itself.
    package let duration: Setting<Int>?
    /// A JSON policy that narrows what the role allows.
    package let sessionPolicy: Setting<String>?
    /// The ARNs of managed policies that narrow what the role allows, or nil.
    package let policyARNs: Setting<[String]>?
    /// The accounts whose roles may be assumed, by their numbers, or nil when any will do.
    package let allowedAccounts: Setting<[String]>?
    /// Where STS is.
    package let endpoint: Setting<STSEndpoint>
    /// The file of PEM certificates that replaces the system's authorities.
    package let authorities: Setting<String>?
    /// How often STS is asked at most in one exchange.
    package let maximumAttempts: Int
    /// The profile of the AWS tools that was looked into, and who named it.
    package let profile: ProfileSelection
    /// The path of the user's credential settings, or nil when there are none.
    package let configurationPath: String?
    /// What is odd but not wrong, in words.
    package let warnings: [String]

    /// The process environment of before any file of the repository was read; a token command runs with it.
    package let environment: EnvironmentVariables

    /// What a token must say to be sent to STS.
    package var expectation: TokenExpectation {
        TokenExpectation(audience: audience, issuer: expectedIssuer, subject: expectedSubject)
    }

    /// The audience for which a source is asked that issues tokens for any.
    private var requestedAudience: String { audience?.value ?? TokenSourceDescription.standardAudience }

    /// Returns the source that the settings describe.
    package func makeTokenSource() -> any IdentityTokenSource {
        switch tokenSource.value {
        case .file(let path): FileTokenSource(path: path)
        case .environment(let name): EnvironmentTokenSource(name: name, environment: environment)
        case .command(let words): CommandTokenSource(words: words, environment: environment)
        case .actions: ActionsTokenSource(environment: environment, audience: requestedAudience)
        case .buildkite:
            CommandTokenSource(
                words: ["buildkite-agent", "oidc", "request-token", "--audience", requestedAudience],
                environment: environment,
                name: tokenSource.value.description,
                nextStep: "it takes buildkite-agent 3.41 or later in PATH, and the variables of a Buildkite job"
            )
        case .circleCI: CircleCITokenSource(environment: environment, audience: audience?.value)
        case .bitbucket: EnvironmentTokenSource(name: "BITBUCKET_STEP_OIDC_TOKEN", environment: environment)
        case .gitLab: GitLabTokenSource(environment: environment, audience: audience?.value)
        case .kubernetes(let place):
            KubernetesTokenSource(place: place, audience: requestedAudience, environment: environment)
        case .google: GoogleTokenSource(environment: environment, audience: requestedAudience)
        }
    }
}
