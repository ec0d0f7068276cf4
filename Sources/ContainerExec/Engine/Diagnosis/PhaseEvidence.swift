/// What is known after a command failed, or the phase's shell ended in the middle of one.
package struct PhaseEvidence: Sendable, Hashable {
    /// What the engine says about the container.
    package enum Container: Sendable, Hashable {
        /// It runs; so its shell does.
        case running
        /// Its process has ended, with this status where the engine still knows it.
        case ended(status: Int?)
        /// There is no container: the phase runs in the local shell.
        case none
    }

    /// The command's own status, 128 + n where signal n killed it; nil when the shell ended before it was known.
    package var exitStatus: Int32?
    /// Whether the kernel killed one of the container's processes for want of memory.
    package var ranOutOfMemory: Bool
    /// What the engine says about the container.
    package var container: Container
    /// Why the engine does not answer; nil when it does, or was not asked.
    package var engineFailure: String?

    /// Creates evidence; without more it is that of a command in the local shell.
    package init(
        exitStatus: Int32? = nil,
        ranOutOfMemory: Bool = false,
        container: Container = .none,
        engineFailure: String? = nil
    ) {
        self.exitStatus = exitStatus
        self.ranOutOfMemory = ranOutOfMemory
        self.container = container
        self.engineFailure = engineFailure
    }
}
