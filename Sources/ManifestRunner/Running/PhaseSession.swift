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
    /// Finds out what ended a command with a status other than 0.
    let diagnose: @Sendable (_ status: Int32) async -> PhaseEnd
    /// Finds out what is behind an error of the shell while `command` ran, where more can be known than the error tells.
    let explain: @Sendable (_ error: ContainerExecError, _ command: String) async -> ContainerExecError
}
