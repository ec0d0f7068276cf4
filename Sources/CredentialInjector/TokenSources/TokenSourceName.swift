/// The token sources that can be chosen by name, and are looked for in this order where none is chosen.
package enum TokenSourceName: String, Sendable, CaseIterable {
    /// GitHub Actions.
    case github
    /// Forgejo Actions, which gives its jobs the same two variables.
    case forgejo
    /// Buildkite.
    case buildkite
    /// CircleCI.
    case circleci
    /// Bitbucket Pipelines.
    case bitbucket
    /// GitLab.
    case gitlab
    /// A Kubernetes cluster: by a kubeconfig, or as the pod's own service account.
    case kubernetes
    /// Google Cloud.
    case gcp
}
