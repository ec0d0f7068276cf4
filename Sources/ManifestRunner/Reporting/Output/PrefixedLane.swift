internal import Synchronization

/// A lane whose lines come as they are printed, each with the phase's name before it.
final class PrefixedLane: OutputLane {
    /// So much is taken in at once, so that lines of many lanes alternate and a buffer stays small.
    private static let piece = 64 << 10

    private struct Stream {
        var lines: PrefixedLines
        var buffer: [UInt8] = []
        /// Since when the beginning of a line waits.
        var start: ContinuousClock.Instant?
    }

    private let writer: OutputWriter
    private let id: Int
    private let prefixes: [String]
    private let streams: Mutex<[Stream]>

    /// Creates a lane with a prefix for each of the two streams; its `id` is no other one's, and `isTerminal` says of each
    /// whether it ends on one.
    init(_ prefixes: [String], id: Int, isTerminal: [Bool], writer: OutputWriter) {
        self.prefixes = prefixes
        self.id = id
        self.writer = writer
        streams = Mutex(
            zip(prefixes, isTerminal).map { Stream(lines: PrefixedLines(prefix: $0, isTerminal: $1)) }
        )
    }

    func write(_ bytes: RawSpan, to target: OutputWriter.Target) -> Bool {
        streams.withLock { streams in
            unsafe bytes.withUnsafeBytes { all in
                var isGood = true
                var start = 0
                while start < all.count {
                    let end = min(start + Self.piece, all.count)
                    let piece = unsafe UnsafeRawBufferPointer(rebasing: all[start..<end])
                    let isWritten = give(&streams[target.rawValue], to: target) { lines, buffer in
                        unsafe lines.consume(piece, into: &buffer)
                    }
                    isGood = isWritten && isGood
                    start = end
                }
                return isGood
            }
        }
    }

    func writeLines(_ text: String, to target: OutputWriter.Target) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let ended = lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
        // What the phase has printed before comes before.
        streams.withLock { streams in
            endLines(&streams)
            writer.writeLines(ended.map { prefixes[target.rawValue] + $0 + "\n" }.joined(), to: target)
        }
    }

    func endLines() {
        streams.withLock { endLines(&$0) }
    }

    func showUnfinishedLines(since instant: ContinuousClock.Instant) {
        streams.withLock { streams in
            for target in OutputWriter.Target.allCases {
                guard let start = streams[target.rawValue].start, start <= instant else { continue }
                _ = give(&streams[target.rawValue], to: target) { $0.giveUnfinished(into: &$1) }
                streams[target.rawValue].start = nil
            }
        }
    }

    func begin() {}

    func end() { endLines() }

    private func endLines(_ streams: inout [Stream]) {
        for target in OutputWriter.Target.allCases {
            _ = give(&streams[target.rawValue], to: target) { $0.endLine(into: &$1) }
            streams[target.rawValue].lines.beginLine()
        }
    }

    /// Writes what `make` adds to a buffer, and returns false when that has shown that the reader has gone.
    private func give(
        _ stream: inout Stream,
        to target: OutputWriter.Target,
        _ make: (inout PrefixedLines, inout [UInt8]) -> Void
    ) -> Bool {
        let isContinued = stream.lines.isContinued
        stream.buffer.removeAll(keepingCapacity: true)
        make(&stream.lines, &stream.buffer)
        if !stream.lines.hasPending {
            stream.start = nil
        } else if stream.start == nil || !stream.buffer.isEmpty {
            stream.start = .now
        }
        guard !stream.buffer.isEmpty else { return true }
        return unsafe writer.write(
            stream.buffer.span.bytes,
            prefix: stream.lines.prefix.count,
            of: id,
            isContinued: isContinued,
            to: target
        )
    }
}
