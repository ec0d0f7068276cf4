/// Something that a run waited for beside its commands.
struct StepRecord: Sendable {
    let step: RunStep
    /// The phase that it was for; nil where it was for the run.
    let phase: PhaseKind?
    let span: RecordedSpan
    /// Whether it succeeded; nil where the run ended before it.
    let isSuccess: Bool?
}
