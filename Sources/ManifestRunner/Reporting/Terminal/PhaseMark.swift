/// What stands before a phase in a table, and its colour (ECMA-48, SGR).
struct PhaseMark {
    let symbol: String
    let colour: String?

    /// Creates the mark of a phase that ended in a way, or, without one, that waits or is under way, whose mark turns.
    init(_ outcome: PhaseOutcome?, spinner: String? = nil) {
        (symbol, colour) =
            switch outcome {
            case nil: (spinner ?? "·", spinner == nil ? "2" : "36")
            case .succeeded: ("✓", "32")
            case .failed: ("x", "31")
            case .cancelled: ("x", "33")
            case .skipped: ("-", "33")
            }
    }
}
