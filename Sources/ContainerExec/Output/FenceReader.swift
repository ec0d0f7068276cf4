#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds the fences of the phase shell in one stream and takes them out.
///
/// A fence is the byte 0x1E, the nonce, a space, a word, and a newline. 0x1E stands nowhere else in it, so what turns
/// out to be none is passed on, and the search goes on at the byte that differed.
struct FenceReader: Sendable {
    /// A part of the stream.
    enum Piece {
        /// Bytes of the span that are no fence.
        case text(Range<Int>)
        /// Bytes of earlier spans that looked like a fence's beginning.
        case held([UInt8])
        /// The word of a fence.
        case word(String)
    }

    private enum Match {
        case none
        case begun
        /// Complete, with this many bytes.
        case whole(Int, String)
    }

    private static let separator: UInt8 = 0x1E
    private static let longestWord = 20

    private let fence: [UInt8]
    /// The beginning of a fence that the last span ended with.
    private var held: [UInt8] = []

    init(nonce: String) {
        fence = [Self.separator] + Array(nonce.utf8) + [UInt8(ascii: " ")]
    }

    /// Returns the next part of the stream and moves `position` behind it; nil when nothing of `bytes` is left.
    mutating func next(in bytes: RawSpan, from position: inout Int) -> Piece? {
        if !held.isEmpty, let piece = goOn(in: bytes, from: &position) { return piece }
        let count = bytes.byteCount
        var search = position
        while let start = Self.firstSeparator(in: bytes, from: search) {
            let match: Match = unsafe bytes.withUnsafeBytes { unsafe self.match($0[start...]) }
            switch match {
            case .none:
                search = start + 1
            case .whole(let length, let word):
                guard start == position else { return text(upTo: start, from: &position) }
                position += length
                return .word(word)
            case .begun:
                guard start == position else { return text(upTo: start, from: &position) }
                held = unsafe bytes.withUnsafeBytes { buffer in unsafe Array(buffer[start...]) }
                position = count
                return nil
            }
        }
        return position < count ? text(upTo: count, from: &position) : nil
    }

    /// Returns what is held: the stream has ended.
    mutating func finish() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// Adds bytes to what is held until it is clear what that is; nil when it is not, or there is no more.
    private mutating func goOn(in bytes: RawSpan, from position: inout Int) -> Piece? {
        while position < bytes.byteCount {
            let byte = unsafe bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
            held.append(byte)
            let match: Match = unsafe held.withUnsafeBytes { unsafe self.match($0[0...]) }
            switch match {
            case .begun:
                position += 1
            case .whole(_, let word):
                position += 1
                held.removeAll(keepingCapacity: true)
                return .word(word)
            case .none:
                held.removeLast()
                defer { held = [] }
                return .held(held)
            }
        }
        return nil
    }

    private func text(upTo end: Int, from position: inout Int) -> Piece {
        defer { position = end }
        return .text(position..<end)
    }

    /// What a text that begins with the separator begins with.
    private func match(_ text: Slice<UnsafeRawBufferPointer>) -> Match {
        let text = unsafe UnsafeRawBufferPointer(rebasing: text)
        let common = min(text.count, fence.count)
        for index in 1..<max(1, common) where unsafe text[index] != fence[index] { return .none }
        guard common == fence.count else { return .begun }
        for index in common..<text.count {
            let byte = unsafe text[index]
            if byte == UInt8(ascii: "\n") {
                guard index > common else { return .none }
                return unsafe .whole(index + 1, String(decoding: text[common..<index], as: UTF8.self))
            }
            guard index < common + Self.longestWord, Self.isInWord(byte) else { return .none }
        }
        return .begun
    }

    private static func isInWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func firstSeparator(in bytes: RawSpan, from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard start < buffer.count, let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, CInt(separator), buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
