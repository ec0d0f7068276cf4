internal import FoundationEssentials

/// The commands' own lines as objects of the `json` output, many at once: there may be millions.
///
/// Each is what ``JSONLine`` makes of it, byte for byte.
struct JSONOutputLines {
    /// The objects so far, a newline behind each.
    private(set) var bytes: [UInt8] = []
    private let head: [UInt8]
    private let tail: [UInt8]

    /// Creates a text of lines of one stream, all with one time.
    ///
    /// `extra` are further keys with values that are JSON already.
    init(stage: String, stream: String, extra: [(key: String, json: String)] = [], at date: Date) {
        let extra = extra + [(key: "stream", json: JSONLine.quote(stream))]
        let object = JSONLine(level: "info", stage: stage, message: "", extra: extra).text(at: date)
        let before = "{\"level\":\"info\",\"stage\":\(JSONLine.quote(stage)),\"message\":\""
        head = Array(before.utf8)
        tail = object.utf8.dropFirst(head.count) + [UInt8(ascii: "\n")]
    }

    /// Adds a line; bytes that are no UTF-8 become U+FFFD.
    mutating func append(_ line: UnsafeRawBufferPointer) {
        bytes += head
        if unsafe Self.isPlain(line) {
            unsafe bytes.append(contentsOf: line)
        } else {
            var text = unsafe String(decoding: line, as: UTF8.self)
            text.withUTF8 { unsafe escape(UnsafeRawBufferPointer($0)) }
        }
        bytes += tail
    }

    /// Whether a line is the same in JSON: one test over all bytes, without a branch, which the compiler vectorizes.
    private static func isPlain(_ line: UnsafeRawBufferPointer) -> Bool {
        var others: UInt8 = 0
        for index in 0..<line.count {
            let byte = unsafe line[index]
            others |= (byte &- 0x20 >= 0x5F ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
        }
        return others == 0
    }

    private mutating func escape(_ text: UnsafeRawBufferPointer) {
        var start = 0
        for index in 0..<text.count {
            // The index is below the count, and the table has an entry for every byte.
            let byte = unsafe text[index]
            guard Self.isEscaped[Int(byte)] else { continue }
            unsafe bytes.append(contentsOf: text[start..<index])
            bytes += JSONLine.quote(String(Unicode.Scalar(byte))).utf8.dropFirst().dropLast()
            start = index + 1
        }
        unsafe bytes.append(contentsOf: text[start...])
    }

    private static let isEscaped: [Bool] = (0...255).map { byte in
        byte < 0x20 || byte == 0x7F || byte == 0x22 || byte == 0x5C
    }
}
