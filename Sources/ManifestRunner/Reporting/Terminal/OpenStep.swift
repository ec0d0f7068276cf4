/// A step that has begun and not ended.
struct OpenStep: Sendable {
    let step: RunStep
    /// When it began, from the run's start.
    let start: Duration
    /// The time of steps within it, which is theirs.
    var nested = Duration.zero
}
