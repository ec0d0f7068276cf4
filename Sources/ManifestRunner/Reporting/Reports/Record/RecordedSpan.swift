/// A stretch of a run's time.
struct RecordedSpan: Sendable, Hashable {
    /// When it began, after the run's start.
    let start: Duration
    /// When it ended, no earlier.
    let end: Duration

    var duration: Duration { end - start }
}
