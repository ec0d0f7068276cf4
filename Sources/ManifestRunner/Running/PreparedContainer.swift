internal import ContainerExec

/// A container of a phase with an idle shell in it, and no credentials.
struct PreparedContainer: Sendable {
    /// What is there of the workspace.
    enum Workspace: Sendable {
        /// Nothing, and nothing was tried.
        case absent
        /// Nothing to count on: it is too large to go through the shell, or the shell could not unpack it.
        case unfit
        /// All of it, and the shell stands in it.
        case copied(WorkspaceSummary)
    }

    let id: ContainerID
    /// What the engine was asked for.
    let specification: ContainerSpecification
    let shell: PhaseShell
    let workspace: Workspace
}
