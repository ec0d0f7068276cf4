/// A phase of a run, with what came of it.
struct PhaseRecord: Sendable {
    let outline: PhaseOutline
    /// When it ran; nil where it never began.
    var span: RecordedSpan?
    /// How it ended; nil where the run ended before it did.
    var outcome: PhaseOutcome?
    var commands: [CommandRecord]
    var artifacts: [ArtifactRecord] = []
    /// What was printed outside of any command.
    var output = OutputExcerpt()

    /// How it came out, in one word.
    var result: RecordedResult {
        switch outcome {
        case .succeeded: .passed
        case .failed: .failed
        case .cancelled: .cancelled
        case .skipped: .skipped
        case nil: span == nil ? .notRun : .unfinished
        }
    }

    /// Why it came out so, where there is more to say than the one word.
    var reason: String? {
        switch outcome {
        case .failed(_, let message): message.isEmpty ? nil : message
        case .cancelled: "it was ended before its end"
        case .skipped(let reason): "\(reason)"
        case .succeeded: nil
        case nil: span == nil ? "the run ended before it" : "the run ended before it did"
        }
    }

    /// The commands that failed.
    var failedCommands: [CommandRecord] { commands.filter { $0.result == .failed } }
}
