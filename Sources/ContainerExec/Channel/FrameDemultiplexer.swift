/// Takes the frames of an attached container apart.
///
/// A frame is one byte for the stream, three zeros, a length of four bytes in network order, and the payload. It may be
/// cut anywhere, and its end is no line's end.
struct FrameDemultiplexer {
    private var header: [UInt8] = []
    private var left = 0
    private var stream = OutputStream.standardOutput
    private var isError = false
    private var errorText: [UInt8] = []

    /// Takes bytes in and hands payloads on; returns the engine's message when a frame carries one, or says what is
    /// wrong with a frame.
    mutating func consume(_ bytes: RawSpan, _ output: (OutputStream, RawSpan) -> Void) -> String? {
        var position = 0
        let count = bytes.byteCount
        while position < count {
            if left == 0 {
                header.append(unsafe bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self))
                position += 1
                if header.count == 8, let problem = begin() { return problem }
                continue
            }
            let length = min(left, count - position)
            let payload = bytes.extracting(position..<position + length)
            position += length
            left -= length
            guard isError else {
                output(stream, payload)
                continue
            }
            unsafe payload.withUnsafeBytes {
                unsafe errorText.append(contentsOf: $0.prefix(4_096 - min(4_096, errorText.count)))
            }
            if left == 0 {
                return "the engine says: " + String(decoding: errorText, as: UTF8.self).filter { !$0.isNewline }
            }
        }
        return nil
    }

    private mutating func begin() -> String? {
        defer { header.removeAll(keepingCapacity: true) }
        left = header[4...].reduce(0) { $0 << 8 | Int($1) }
        isError = header[0] == 3
        switch header[0] {
        case 0, 1: stream = .standardOutput
        case 2: stream = .standardError
        case 3: break
        default: return "the engine sent a frame of the unknown kind \(header[0])"
        }
        return nil
    }
}
