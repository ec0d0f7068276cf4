/// What becomes of a phase of whose inputs nothing has changed since it succeeded.
enum UnchangedRule: Sendable, Hashable {
    /// It runs, and nothing is kept of it.
    case runs
    /// It runs, and what it was given is kept when it succeeds (`--no-cache`).
    case runsAndRecords
    /// It is passed over.
    case isSkipped
}
