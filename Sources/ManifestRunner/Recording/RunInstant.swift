internal import FoundationEssentials

/// When something happened.
struct RunInstant: Sendable {
    /// The time of day.
    let date: Date
    /// How long after the run's start, by a clock that nobody sets.
    let elapsed: Duration
}
