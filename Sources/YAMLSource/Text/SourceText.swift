/// The bytes of a text file, with the name by which the user knows it.
package struct SourceText: Sendable, Hashable {
    /// The path as the user gave it; it begins every diagnostic.
    package let path: String
    /// The bytes of the text, without a byte order mark of UTF-8.
    package let bytes: [UInt8]
    /// Where each line starts in ``bytes``.
    private let lineStarts: [Int]

    /// Creates a source of bytes, of which nothing is assumed: they may be no UTF-8.
    package init(path: String, bytes: [UInt8]) {
        self.path = path
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.bytes = content
        var starts = [0]
        var next = 0
        // Only these bytes begin a line break, so all others are passed over quickly.
        for (index, byte) in content.enumerated()
        where (byte == 0x0A || byte == 0x0D || byte == 0xC2 || byte == 0xE2) && index >= next {
            let length = Self.lineBreakLength(in: content, at: index)
            guard length > 0 else { continue }
            next = index + length
            starts.append(next)
        }
        lineStarts = starts
    }

    /// Creates a source of text.
    package init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// Returns the bytes of a line, counted from 1, without its line break; nil when there is no such line.
    package func line(_ number: Int) -> ArraySlice<UInt8>? {
        guard number >= 1, number <= lineStarts.count else { return nil }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] : bytes.count
        if number < lineStarts.count {
            // A break is one to three bytes long; the first place that is one starts it.
            var index = max(start, end - 3)
            while index < end, index + Self.lineBreakLength(in: bytes, at: index) != end { index += 1 }
            end = index
        }
        return bytes[start..<end]
    }

    /// Returns the mark of the byte at `offset`.
    package func mark(atByte offset: Int) -> SourceMark {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let before = bytes[lineStarts[low]..<min(max(offset, lineStarts[low]), bytes.count)]
        // Continuation bytes of UTF-8 start no code point.
        return SourceMark(line: low + 1, column: before.count { $0 & 0xC0 != 0x80 } + 1)
    }

    /// Returns how long the line break at `index` is: YAML 1.1 knows CR LF, LF, CR, NEL, LS and PS.
    private static func lineBreakLength(in bytes: [UInt8], at index: Int) -> Int {
        func byte(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
        switch byte(0) {
        case 0x0A: return 1
        case 0x0D: return byte(1) == 0x0A ? 2 : 1
        case 0xC2: return byte(1) == 0x85 ? 2 : 0
        case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
        default: return 0
        }
    }
}
