/// How a test ended last.
enum TestOutcome: String, Codable, Sendable, Hashable {
    /// It succeeded, or nothing had changed since it had.
    case passed
    case failed
    /// It was ended in its middle, or the whole run before its turn.
    case cancelled
    /// It did not run, because another failed.
    case skipped
}
