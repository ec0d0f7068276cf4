/// Why a run ends before its end: what is shown, what to do next, and the exit status.
struct RunFailure: Error, Sendable, CustomStringConvertible {
    let status: ExitStatus
    /// What failed, where and why, in lower case; empty when everything has been shown already.
    let message: String
    /// The next step, or nil.
    let hint: String?

    init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }

    var description: String { message }
}
