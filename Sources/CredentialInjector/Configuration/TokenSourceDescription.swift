internal import ProcessEnvironment

/// Where the identity token comes from, as configured.
package enum TokenSourceDescription: Sendable, Hashable, CustomStringConvertible {
    /// A file, read anew at every exchange.
    case file(path: String)
    /// A variable of the process environment.
    case environment(name: String)
    /// A command, run anew at every exchange: its words.
    case command([String])
    /// The token service of a job of GitHub Actions or Forgejo Actions.
    case actions
    /// The agent of a Buildkite job.
    case buildkite
    /// The variables, or the program, of a CircleCI job.
    case circleCI
    /// The variable of a step of Bitbucket Pipelines.
    case bitbucket
    /// The variables of a GitLab job.
    case gitLab
    /// The API server of a Kubernetes cluster.
    case kubernetes(KubernetesPlace)
    /// The metadata server of Google Cloud.
    case google

    /// The audience for which a token is requested where none is configured: that of AWS's own guides.
    package static let standardAudience = "sts.amazonaws.com"

    /// Names the source in a message; of a command only the program, because arguments may be secret.
    package var description: String {
        switch self {
        case .file(let path): "token file \(DisplayText.clean(path))"
        case .environment(let name): "environment variable \(DisplayText.clean(name))"
        case .command(let words): "token command '\(DisplayText.clean(words.first ?? ""))'"
        case .actions: "token service of the Actions job"
        case .buildkite: "Buildkite agent (buildkite-agent oidc request-token)"
        case .circleCI: "CircleCI job"
        case .bitbucket: "Bitbucket step (BITBUCKET_STEP_OIDC_TOKEN)"
        case .gitLab: "GitLab job"
        case .kubernetes(let place):
            "Kubernetes token request" + (place.account.map { " for service account \($0)" } ?? "")
        case .google: "metadata server of Google Cloud"
        }
    }

    /// Returns the variables that hold the token itself, which no command of a phase may see.
    func variables(in environment: EnvironmentVariables) -> [String] {
        let named: [String] = if case .environment(let name) = self { [name] } else { [] }
        return named + GitLabTokenSource.variables(in: environment)
    }
}
