/// Makes a command's line fit to stand behind a prefix on a terminal.
///
/// What would write over the prefix begins behind it instead: a carriage return, and erasing the whole line. Colours are
/// taken back at the line's end and set again in the next line. Sequences that move the cursor to other lines, which are
/// not the command's alone, are left out, and so are those that change the terminal itself.
struct TerminalLine {
    /// More than any program needs to choose its colours.
    private static let maximumColours = 256

    private let prefix: [UInt8]
    /// The colours that are set, as the command has set them.
    private var colours: [UInt8] = []

    init(prefix: [UInt8]) {
        self.prefix = prefix
    }

    /// Whether a line without control characters is changed too.
    var isColoured: Bool { !colours.isEmpty }

    /// Returns how much of the beginning of a line can be shown: not half a character, sequence or line break.
    static func complete(_ bytes: [UInt8]) -> Int {
        var end = bytes.count
        if bytes.last == 0x0D { end -= 1 }
        var start = end
        while start > 0, end - start < 4, bytes[start - 1] & 0xC0 == 0x80 { start -= 1 }
        if start > 0, bytes[start - 1] >= 0xC0 {
            let length = bytes[start - 1] >= 0xF0 ? 4 : bytes[start - 1] >= 0xE0 ? 3 : 2
            if end - start + 1 < length { end = start - 1 }
        }
        if let escape = bytes[..<end].lastIndex(of: 0x1B) {
            var rest = bytes[escape..<end]
            if sequence(&rest) == nil { end = escape }
        }
        return end
    }

    /// Adds a line, or a piece of one, that ends in no half sequence; `isLast` says that its newline follows.
    mutating func append(_ line: ArraySlice<UInt8>, isFirst: Bool, isLast: Bool, to result: inout [UInt8]) {
        if isFirst { result += colours }
        var rest = line
        while let byte = rest.first {
            switch byte {
            case 0x1B:
                guard let sequence = Self.sequence(&rest) else { return }
                keep(sequence, in: &result)
                continue
            case 0x0D where rest.count == 1 && isLast:
                result.append(byte)
            case 0x0D:
                result += [0x0D] + prefix + colours
            // They go down a line.
            case 0x0B, 0x0C:
                break
            default:
                result.append(byte)
            }
            rest = rest.dropFirst()
        }
        if isLast, !colours.isEmpty { result += Array("\u{1B}[0m".utf8) }
    }

    private mutating func keep(_ sequence: ArraySlice<UInt8>, in result: inout [UInt8]) {
        guard sequence.dropFirst().first == UInt8(ascii: "[") else { return }
        let parameters = sequence.dropFirst(2).dropLast()
        switch sequence.last {
        case UInt8(ascii: "m"):
            result += sequence
            let isReset = parameters.allSatisfy { $0 == UInt8(ascii: "0") }
            if isReset { colours = [] }
            if !isReset, colours.count + sequence.count <= Self.maximumColours { colours += sequence }
        case UInt8(ascii: "K") where parameters.allSatisfy { $0 == UInt8(ascii: "0") }:
            result += sequence
        case UInt8(ascii: "K"):
            result += [0x0D] + prefix + Array("\u{1B}[K".utf8) + colours
        default:
            break
        }
    }

    /// Takes a control sequence from the front of some bytes (ECMA-48 §5.4 and §5.6), or nil where it has no end.
    private static func sequence(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let start = bytes.startIndex
        guard bytes.count > 1 else { return nil }
        var index = start + 2
        switch bytes[start + 1] {
        case UInt8(ascii: "["):
            while index < bytes.endIndex, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            while index < bytes.endIndex, bytes[index] != 0x07,
                bytes[index] != UInt8(ascii: "\\") || bytes[index - 1] != 0x1B
            { index += 1 }
        case 0x20...0x2F:
            break
        default:
            index -= 1
        }
        guard index < bytes.endIndex else { return nil }
        defer { bytes = bytes[(index + 1)...] }
        return bytes[...index]
    }
}
