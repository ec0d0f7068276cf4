internal import CredentialInjector
internal import ProcessEnvironment

/// The names of what a phase's commands get beside the plan's own variables, for `--dry-run`.
struct InjectedNames: Sendable {
    /// What carries the credentials; empty where no role is configured.
    let credentials: [String]
    /// What a container is given of the environment that okteto-run was started with.
    let admitted: [String]

    /// Creates the names for a run's options; nothing is asked for.
    ///
    /// - Throws: ``CredentialError`` when a role is configured and the settings cannot work.
    init(_ options: CredentialOptionGroup, _ mode: CredentialsMode, context: RunContext, phase: String) throws {
        admitted = ChildEnvironment.container(parent: context.environment).names
        let settings =
            try options.noCredentials
            ? nil
            : CredentialSettings.resolve(options: options.options, environment: context.environment, phase: phase)
        guard settings != nil else {
            credentials = []
            return
        }
        credentials = ChildEnvironment.names(throughEndpoint: mode == .endpoint)
    }
}
