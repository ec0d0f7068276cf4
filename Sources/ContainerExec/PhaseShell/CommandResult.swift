/// How a command ended.
package struct CommandResult: Sendable, Hashable {
    /// Its exit status, 128 + n where signal n killed it.
    package let exitStatus: Int32
    /// What `$OKTETO_ENV` holds now; nil when nothing was ever written to it.
    package let environmentFile: [UInt8]?
    /// Whether the run was cancelled while it ran; the status is then what its end after TERM or KILL gave.
    package let wasCancelled: Bool
}
