/// A line of okteto-run's own.
struct MessageRecord: Sendable {
    /// When it was said, after the run's start.
    let time: Duration
    /// The phase that it is about; nil where it is about the run.
    let phase: PhaseKind?
    let level: Reporter.Level
    let text: String
    /// The next step, in lines.
    let hint: String?
}
