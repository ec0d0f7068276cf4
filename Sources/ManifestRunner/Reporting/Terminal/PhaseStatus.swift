internal import YAMLSource

/// What is known of one phase in the middle of a run, or at its end.
struct PhaseStatus: Sendable {
    let outline: PhaseOutline
    /// When it began and ended, from the run's start.
    var start: Duration?
    var end: Duration?
    /// What it waits for, the innermost last.
    var steps: [OpenStep] = []
    /// The command that runs: its place among the outline's, and its start.
    var command: (index: Int, start: Duration)?
    /// The first command that failed.
    var failure: (index: Int, outcome: CommandOutcome)?
    /// How it ended.
    var outcome: PhaseOutcome?

    init(_ outline: PhaseOutline) {
        self.outline = outline
    }

    /// Its name on one line, escaped.
    var name: String { outline.kind.shortName }

    /// Whether it has begun, or is prepared ahead, and has not ended.
    var isActive: Bool { outcome == nil && (start != nil || !steps.isEmpty) }

    /// What ended it, on one line, escaped: the command and its cause, with its place; nil where it did not fail.
    var cause: String? {
        guard case .failed(_, let message) = outcome else { return nil }
        guard let failure, outline.commands.indices.contains(failure.index) else {
            return PrintableText.escaped(message)
        }
        let command = outline.commands[failure.index]
        let cause = failure.outcome.cause ?? "failed"
        return PrintableText.escaped("'\(command.title)' \(cause) (\(command.path):\(command.line):\(command.column))")
    }

    /// How long it took, or has taken; nil before its start.
    func time(at now: Duration) -> Duration? {
        start.map { max((end ?? now) - $0, .zero) }
    }
}
