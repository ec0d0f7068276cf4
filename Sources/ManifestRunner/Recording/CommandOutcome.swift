/// How a command ended.
struct CommandOutcome: Sendable, Hashable {
    /// Its exit status, 128 + n where signal n killed it; nil where its end could not be seen.
    let exitStatus: Int32?
    /// Whether it was ended by okteto-run, because of a signal, a time that is over or another test's failure.
    let wasCancelled: Bool
    /// What ended it, in words that follow its name: `failed with status 3`, `was killed for want of memory`; nil where
    /// it succeeded.
    let cause: String?

    static let success = CommandOutcome(exitStatus: 0, wasCancelled: false, cause: nil)
}
