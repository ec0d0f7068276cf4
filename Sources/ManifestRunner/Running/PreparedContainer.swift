internal import ContainerExec
internal import ProcessEnvironment

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
    /// What keeps other runs from its caches, held as long as this is.
    private(set) var locks: [FileLock] = []

    /// Creates one; its caches are nobody's yet.
    init(id: ContainerID, specification: ContainerSpecification, shell: PhaseShell, workspace: Workspace) {
        self.id = id
        self.specification = specification
        self.shell = shell
        self.workspace = workspace
    }

    /// Returns the container with locks that are held as long as it is.
    func holding(_ locks: [FileLock]) -> PreparedContainer {
        var container = self
        container.locks = locks
        return container
    }
}
