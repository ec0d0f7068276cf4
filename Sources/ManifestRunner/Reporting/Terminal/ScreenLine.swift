#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Where on its line the commands' output has left a terminal's cursor.
struct ScreenLine {
    /// An unfinished line longer than this is not measured.
    private static let limit = 4_096

    /// What has come since the last newline; nil where that is too much.
    private var unfinished: [UInt8]? = []
    private var scanner = EscapeScanner()
    private var isMoved = false

    /// The column of the cursor, from 0; nil where it cannot be known: then nothing can be drawn below.
    var column: Int? {
        guard !isMoved, !scanner.isInSequence, let unfinished else { return nil }
        guard !unfinished.isEmpty else { return 0 }
        return Self.column(after: unfinished)
    }

    /// A line in which something stands that is not known.
    static var unknown: ScreenLine {
        var line = ScreenLine()
        line.unfinished = nil
        return line
    }

    /// Takes in what is written to the screen.
    mutating func advance(_ bytes: UnsafeRawBufferPointer) {
        if unsafe scanner.consume(bytes) { isMoved = true }
        // From behind, so that of a long piece only its last line is read.
        var start = bytes.count
        while start > 0, unsafe bytes[start - 1] != 0x0A { start -= 1 }
        if start > 0 { unfinished = [] }
        guard let count = unfinished?.count, count + bytes.count - start <= Self.limit else {
            unfinished = nil
            return
        }
        unsafe unfinished?.append(contentsOf: bytes[start...])
    }

    /// Begins anew at a line's start, after whatever the command has done to the screen.
    mutating func reset() {
        self = ScreenLine()
    }

    /// Returns the column where a line ends, or nil where it has characters whose effect is not known.
    private static func column(after line: [UInt8]) -> Int? {
        // A carriage return takes the cursor back to the first column.
        let last = line.lastIndex(of: 0x0D).map { line[($0 + 1)...] } ?? line[...]
        guard let text = String(validating: last, as: UTF8.self) else { return nil }
        var column = 0
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch scalar.value {
            case 0x1B:
                guard scalars.next() == "[" else { return nil }
                while let next = scalars.next(), !(0x40...0x7E).contains(next.value) {}
            case 0x09:
                column = (column / 8 + 1) * 8
            case 0..<0x20, 0x7F..<0xA0:
                return nil
            default:
                column += DisplayWidth.columns(of: scalar)
            }
        }
        return column
    }
}
