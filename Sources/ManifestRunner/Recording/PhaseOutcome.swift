/// How a phase ended.
enum PhaseOutcome: Sendable {
    case succeeded
    /// A command failed, or the phase could not be run; the message says which and why.
    case failed(ExitStatus, message: String)
    /// It was ended in its middle: another test failed and `--fail-fast` was given, or the run was cancelled.
    case cancelled
    /// It never began, for this reason.
    case skipped(SkipReason)

    var isSuccess: Bool {
        switch self {
        case .succeeded, .skipped(.unchanged): true
        case .failed, .cancelled, .skipped: false
        }
    }
}
