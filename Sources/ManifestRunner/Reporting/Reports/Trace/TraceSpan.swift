/// A stretch of a run in a trace.
struct TraceSpan: Sendable {
    /// What it is of.
    enum Subject: Sendable, Hashable {
        case run
        case phase(PhaseKind)
        case step(RunStep, PhaseKind?)
        case command(PhaseKind, Int)

        /// The phase that it is within.
        var phase: PhaseKind? {
            switch self {
            case .run, .phase: nil
            case .step(_, let phase): phase
            case .command(let phase, _): phase
            }
        }
    }

    /// A fact about it.
    enum Value: Sendable, Hashable {
        case text(String)
        case number(Int)
    }

    let subject: Subject
    let spanID: String
    let parentID: String?
    let name: String
    let span: RecordedSpan
    let attributes: [(name: String, value: Value)]
    /// Why it failed; nil where it did not.
    let failure: String?
}
