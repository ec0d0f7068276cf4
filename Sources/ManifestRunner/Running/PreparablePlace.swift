internal import ProcessEnvironment

/// How a phase's shell is opened, what its commands inherit, and what must be set for them besides.
struct PreparablePlace: Sendable {
    let isContainer: Bool
    /// What the commands inherit from the shell.
    let inherited: EnvironmentVariables
    /// What must be set for them.
    let variables: EnvironmentVariables
    /// Makes what can be made ahead of the phase's turn, idle and without credentials; nil where that is nothing.
    var prepare: (@Sendable () async throws -> PreparedContainer)?
    /// Removes what was made ahead, when the phase's turn does not come.
    var discard: @Sendable (PreparedContainer) async -> Void = { _ in }
    /// Opens the shell; an error of preparing it ahead counts now.
    let open: @Sendable (_ prepared: Result<PreparedContainer, any Error>?) async throws -> PhaseSession
}
