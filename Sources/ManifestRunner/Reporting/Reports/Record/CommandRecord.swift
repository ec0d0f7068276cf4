/// A command of a phase, with what came of it.
struct CommandRecord: Sendable {
    let outline: CommandOutline
    /// When it ran; nil where it never began.
    var span: RecordedSpan?
    /// How it ended; nil where it never began, or the run ended before it did.
    var outcome: CommandOutcome?
    var output = OutputExcerpt()

    /// How it came out, in one word.
    var result: RecordedResult {
        guard span != nil else { return .notRun }
        guard let outcome else { return .unfinished }
        if outcome.wasCancelled { return .cancelled }
        return outcome.exitStatus == 0 ? .passed : .failed
    }
}
