/// A part of what a command printed, as reports show it.
enum LogEntry: Sendable {
    /// A line of one stream without a style, as nearly all are.
    case plain(OutputWriter.Target, ArraySlice<UInt8>)
    /// A line of one stream in several runs.
    case styled(OutputWriter.Target, [StyledRun])
    /// So many bytes are left out here.
    case gap(Int64)

    /// The stream of a line; nil of a gap.
    var target: OutputWriter.Target? {
        switch self {
        case .plain(let target, _), .styled(let target, _): target
        case .gap: nil
        }
    }

    /// The bytes of the text without its styles; none of a gap.
    var bytes: ArraySlice<UInt8> {
        switch self {
        case .plain(_, let bytes): bytes
        case .styled(_, let runs): runs.count == 1 ? runs[0].bytes : runs.reduce(into: []) { $0 += $1.bytes }
        case .gap: []
        }
    }
}
