/// Makes a command's line fit to stand behind a prefix on a terminal.
///
/// What would write over the prefix begins behind it instead: a carriage return, and erasing the whole line. Colours are
/// taken back at the line's end and set again in the next line. All other control characters and sequences are left out:
/// they move the cursor to the prefix or to other lines, which are not the command's alone, or change the terminal itself.
struct TerminalLine {
    /// More than any program needs to choose its colours.
    private static let maximumColours = 256
    private static let erasing = Array("\u{1B}[K".utf8)
    private static let reset = Array("\u{1B}[0m".utf8)

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

    /// Whether a line of these bytes may have anything in it that is not shown as it is.
    static func isSuspect(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var found: UInt8 = 0
        // One test over all bytes, without a branch, which the compiler vectorizes.
        for index in 0..<bytes.count {
            let byte = unsafe bytes[index]
            found |= byte < 0x20 && byte != 0x09 && byte != 0x0A ? 1 : 0
            found |= byte >= 0x7F && byte < 0xA0 ? 1 : 0
        }
        return found != 0
    }

    /// Adds a line, or a piece of one, that ends in no half sequence; `isLast` says that its newline follows.
    ///
    /// Each piece sets its colours and takes them back: somebody else may print after it.
    mutating func append(_ line: ArraySlice<UInt8>, isLast: Bool, to result: inout [UInt8]) {
        result += colours
        var isOpen = !colours.isEmpty
        var rest = line
        while let byte = rest.first {
            switch byte {
            case 0x1B:
                // Half a sequence is left out, and what follows in this line belongs to it.
                guard let sequence = Self.sequence(&rest) else {
                    rest = []
                    continue
                }
                keep(sequence, &isOpen, in: &result)
            case 0x0D where rest.count == 1 && isLast:
                result.append(byte)
                rest = []
            case 0x0D:
                rest = rest.dropFirst()
                beginLine(isOpen, [], in: &result)
                isOpen = !colours.isEmpty
            case 0x09, 0x20..<0x7F:
                result.append(byte)
                rest = rest.dropFirst()
            case 0x80...:
                result += Self.character(&rest)
            default:
                rest = rest.dropFirst()
            }
        }
        if isOpen { result += Self.reset }
    }

    /// Goes back to the line's beginning and writes the prefix, in no colour but its own, and `more` behind it.
    private func beginLine(_ isOpen: Bool, _ more: [UInt8], in result: inout [UInt8]) {
        if isOpen { result += Self.reset }
        result += [0x0D] + prefix + more + colours
    }

    private mutating func keep(_ sequence: ArraySlice<UInt8>, _ isOpen: inout Bool, in result: inout [UInt8]) {
        guard sequence.starts(with: Array("\u{1B}[".utf8)), sequence.count > 2 else { return }
        let parameters = sequence.dropFirst(2).dropLast()
        guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return }
        let isZero = parameters.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ";") }
        switch sequence.last {
        case UInt8(ascii: "m"):
            result += sequence
            isOpen = !isZero
            // Beginning with 0, it takes all others back.
            if parameters.prefix(while: { $0 != UInt8(ascii: ";") }).allSatisfy({ $0 == UInt8(ascii: "0") }) {
                colours = []
            }
            if !isZero, colours.count + sequence.count <= Self.maximumColours { colours += sequence }
        case UInt8(ascii: "K") where isZero:
            result += sequence
        case UInt8(ascii: "K"):
            beginLine(isOpen, Self.erasing, in: &result)
            isOpen = !colours.isEmpty
        default:
            break
        }
    }

    /// Takes a character that is not ASCII from the front of some bytes, and returns what may be shown of it: none of a
    /// control character, however it is written, and a byte that is no text as it is.
    private static func character(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let first = bytes[bytes.startIndex]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        let all = bytes.prefix(length)
        guard length > 1, all.count == length, all.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
            bytes = bytes.dropFirst()
            return all.prefix(first < 0xA0 ? 0 : 1)
        }
        bytes = bytes.dropFirst(length)
        let value = all.dropFirst().reduce(UInt32(first) & (0x7F >> UInt32(length))) { $0 << 6 | UInt32($1 & 0x3F) }
        // A shorter form of it would be the right one: an attempt to hide it.
        let smallest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0xA0
        return value < smallest ? [] : all
    }

    /// Takes a control sequence from the front of some bytes (ECMA-48 §5.4 and §5.6), or nil where it has no end.
    ///
    /// One that a character breaks which cannot be in it ends before that character, which terminals obey all the same.
    private static func sequence(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let start = bytes.startIndex
        guard bytes.count > 1 else { return nil }
        var index = start + 2
        var finals: ClosedRange<UInt8> = 0x30...0x7E
        switch bytes[start + 1] {
        case UInt8(ascii: "["):
            finals = 0x40...0x7E
            while index < bytes.endIndex, (0x20...0x3F).contains(bytes[index]) { index += 1 }
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            finals = 0...0xFF
            while index < bytes.endIndex, bytes[index] != 0x07,
                bytes[index] != UInt8(ascii: "\\") || bytes[index - 1] != 0x1B
            { index += 1 }
        case 0x20...0x2F:
            while index < bytes.endIndex, (0x20...0x2F).contains(bytes[index]) { index += 1 }
        default:
            index -= 1
        }
        guard index < bytes.endIndex else { return nil }
        let end = finals.contains(bytes[index]) ? index + 1 : index
        defer { bytes = bytes[end...] }
        return bytes[start..<end]
    }
}
