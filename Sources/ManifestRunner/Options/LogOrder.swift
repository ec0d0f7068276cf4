internal import ArgumentParser

/// In which order the output of tests that run at once is shown.
enum LogOrder: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Line by line as it comes, each with its test's name.
    case stream
    /// One test after the other, each whole.
    case grouped
}
