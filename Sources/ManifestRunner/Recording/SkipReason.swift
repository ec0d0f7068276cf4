/// Why a phase did not run.
enum SkipReason: Sendable, Hashable, CustomStringConvertible {
    /// A phase that it depends on did not succeed.
    case dependency(PhaseKind)
    /// Another phase failed, and no further one was to begin (`--fail-fast`), or the run was cancelled.
    case stopped
    /// Nothing that its commands can see has changed since it last succeeded (`skipIfNoFileChanges`).
    case unchanged

    var description: String {
        switch self {
        case .dependency(let phase): "\(phase) did not succeed"
        case .stopped: "the run was stopped before it"
        case .unchanged: "nothing has changed since it last succeeded"
        }
    }
}
