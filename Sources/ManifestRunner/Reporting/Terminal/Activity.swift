/// Work in progress that tells how far it is.
struct Activity: Sendable {
    /// What is being done: `pulling busybox`.
    let title: String
    /// The phase that waits for it; nil where that is the run.
    let phase: PhaseKind?
    let handle: ProgressHandle
    let start: ContinuousClock.Instant
    /// How long it is not shown.
    let silence: Duration
}
