/// Cuts a stream of bytes into lines, for outputs that are made of lines.
struct LineAssembler {
    /// A line longer than this is given out in pieces, so that a command cannot fill the memory.
    static let maximumLineBytes = 1 << 20

    private var pending: [UInt8] = []

    /// Takes bytes in and returns the lines that they complete, without their newlines.
    mutating func consume(_ bytes: RawSpan) -> [String] {
        var lines: [String] = []
        let received = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
        for byte in received {
            if byte == UInt8(ascii: "\n") {
                lines.append(take())
            } else {
                pending.append(byte)
                if pending.count >= Self.maximumLineBytes { lines.append(take()) }
            }
        }
        return lines
    }

    /// Returns the last line when it did not end with a newline.
    mutating func finish() -> String? {
        pending.isEmpty ? nil : take()
    }

    private mutating func take() -> String {
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        defer { pending.removeAll(keepingCapacity: true) }
        return String(decoding: pending, as: UTF8.self)
    }
}
