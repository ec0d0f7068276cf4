internal import ContainerExec
internal import ProcessEnvironment

/// A phase's shell, ready for commands, and how it is taken down.
struct PhaseSession: Sendable {
    let shell: PhaseShell
    /// Where it runs, as the summary says it.
    let place: String
    /// Brings the artifacts, once: after commands that ended so, nil where they were cancelled or could not be run.
    let export: @Sendable (ExitStatus?) async throws -> Void
    /// Ends it and waits until nothing of it is left.
    let end: @Sendable () async throws -> Void
    /// Finds out what is behind an error of the shell, where more can be known than the shell's end tells.
    let explain: @Sendable (ContainerExecError) async -> ContainerExecError
}
