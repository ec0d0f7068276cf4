/// What an extraction wrote.
package struct ExtractionSummary: Sendable, Hashable {
    /// The regular files, hard links among them.
    package var files = 0
    /// The symbolic links.
    package var links = 0
    /// The bytes of the files.
    package var bytes: Int64 = 0
    /// What was left out, and why, one line each; a hundred lines at most.
    package var notes: [String] = []

    /// Creates an empty summary.
    package init() {}

    mutating func leaveOut(_ path: [[UInt8]], _ reason: String) {
        guard notes.count < 100 else { return }
        notes.append("'\(EntryPath.text(path))' \(reason) and was left out")
    }
}
