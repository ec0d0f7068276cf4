/// How a phase or a command came out, in one word.
enum RecordedResult: String, Sendable, Hashable, CaseIterable {
    case passed
    case failed
    /// okteto-run ended it.
    case cancelled
    /// It was passed over, and why is known.
    case skipped
    /// It began, and the run ended before it did.
    case unfinished
    /// It never began.
    case notRun = "not run"

    /// Whether it is one of the two that nothing is wrong with.
    var isGood: Bool { self == .passed || self == .skipped }

    /// Whether it began and went wrong, so that a reader should look at it.
    var isTrouble: Bool { !isGood && self != .notRun }
}
