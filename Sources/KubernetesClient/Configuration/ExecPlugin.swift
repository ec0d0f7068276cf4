internal import ProcessEnvironment

/// A program that prints credentials.
///
/// https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
struct ExecPlugin: Sendable, Hashable {
    /// The versions of the protocol that are spoken here.
    static let versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]

    /// The version of the protocol.
    let version: String
    /// The program: a name that is looked up in `PATH`, or an absolute path.
    let command: String
    /// Its arguments.
    let arguments: [String]
    /// Its variables beside those of the process.
    let environment: EnvironmentVariables
    /// What to tell who does not have the program.
    let installHint: String?
    /// Whether the program is told about the cluster.
    let wantsCluster: Bool
    /// Whether the program must be able to ask the user: `Never`, `IfAvailable` or `Always`.
    let interactiveMode: String?
}
