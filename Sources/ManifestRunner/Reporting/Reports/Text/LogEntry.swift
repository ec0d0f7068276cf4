/// A part of what a command printed, as reports show it.
enum LogEntry: Sendable, Hashable {
    /// A line of one stream.
    case line(OutputWriter.Target, [StyledRun])
    /// So many bytes are left out here.
    case gap(Int64)

    /// The text without its styles; nil of a gap.
    var text: String? {
        guard case .line(_, let runs) = self else { return nil }
        return runs.count == 1 ? runs[0].text : runs.map(\.text).joined()
    }
}
