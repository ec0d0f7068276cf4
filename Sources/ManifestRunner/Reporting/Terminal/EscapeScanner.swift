#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Looks in a command's output for what moves a terminal's cursor: a program that draws a whole screen.
struct EscapeScanner {
    /// Where in a sequence the bytes so far have ended (ECMA-48 §5.3, §5.4 and §5.6).
    private enum State {
        case text
        case escape
        case intermediate
        case control
        case string
        case stringEscape
    }

    private var state = State.text

    /// Whether the bytes so far end in the middle of a sequence.
    var isInSequence: Bool { state != .text }

    /// Takes in bytes, and returns whether a sequence ends in them that moves the cursor or changes the screen: any but
    /// colours, erasing within the line, and strings such as titles and links.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var moves = false
        var index = 0
        while index < bytes.count {
            if state == .text {
                // Mostly there is none, and this is all that is done.
                guard let base = bytes.baseAddress,
                    let found = unsafe memchr(base + index, 0x1B, bytes.count - index)
                else { return moves }
                index = unsafe UnsafeRawPointer(found) - base + 1
                state = .escape
                continue
            }
            moves = unsafe step(bytes[index]) || moves
            index += 1
        }
        return moves
    }

    private mutating func step(_ byte: UInt8) -> Bool {
        switch state {
        case .text:
            break
        case .escape:
            switch byte {
            case UInt8(ascii: "["): state = .control
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
                state = .string
            // A character set is chosen, by the byte after it.
            case 0x20...0x2F: state = .intermediate
            default:
                state = .text
                return true
            }
        case .intermediate:
            if !(0x20...0x2F).contains(byte) { state = .text }
        case .control:
            guard (0x40...0x7E).contains(byte) else { break }
            state = .text
            return byte != UInt8(ascii: "m") && byte != UInt8(ascii: "K")
        case .string:
            if byte == 0x07 { state = .text }
            if byte == 0x1B { state = .stringEscape }
        case .stringEscape:
            state = byte == UInt8(ascii: "\\") ? .text : .string
        }
        return false
    }
}
