/// Cuts a stream of bytes into lines, as NDJSON has them, and bounds their length.
struct BoundedLines {
    /// The most bytes of one line.
    let limit: Int
    private var pending: [UInt8] = []

    init(limit: Int = 1 << 20) {
        self.limit = limit
    }

    /// Takes in the next bytes and returns the lines that they complete, without the line feeds and empty lines.
    ///
    /// - Throws: ``ContainerExecError`` when a line is longer than the limit.
    mutating func feed(_ bytes: RawSpan) throws(ContainerExecError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for index in 0..<bytes.byteCount {
            let byte = unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if byte == UInt8(ascii: "\n") {
                if !pending.isEmpty { lines.append(pending) }
                pending.removeAll(keepingCapacity: true)
            } else {
                guard pending.count < limit else {
                    throw ContainerExecError(.engineFailed, "the engine sent a line of more than \(limit) bytes")
                }
                pending.append(byte)
            }
        }
        return lines
    }

    /// Returns the bytes after the last line feed, or nil when there are none.
    mutating func finish() -> [UInt8]? {
        defer { pending = [] }
        return pending.isEmpty ? nil : pending
    }
}
