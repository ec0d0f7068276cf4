/// Finds the fences of the phase shell in one stream and takes them out.
///
/// A fence is the byte 0x1E, the nonce, a space, a word, and a newline. 0x1E stands nowhere else in it, so what turns
/// out to be none is passed on, and the search goes on at the byte that differed.
struct FenceReader: Sendable {
    private static let separator: UInt8 = 0x1E
    private static let longestWord = 16

    private let fence: [UInt8]
    private var held: [UInt8] = []

    init(nonce: String) {
        fence = [Self.separator] + Array(nonce.utf8) + [UInt8(ascii: " ")]
    }

    /// Takes bytes in: `emit` gets what is no fence, `found` the word of each fence, in the order of the stream.
    mutating func consume(_ bytes: RawSpan, emit: (RawSpan) -> Void, found: (String) -> Void) {
        var rest = 0
        let count = bytes.byteCount
        while rest < count {
            if held.isEmpty {
                let next = Self.firstSeparator(in: bytes, from: rest) ?? count
                if next > rest { emit(bytes.extracting(rest..<next)) }
                rest = next
                guard rest < count else { return }
                held.append(Self.separator)
                rest += 1
                continue
            }
            let byte = unsafe bytes.unsafeLoad(fromByteOffset: rest, as: UInt8.self)
            if held.count < fence.count ? byte == fence[held.count] : isInWord(byte) {
                held.append(byte)
                rest += 1
            } else if held.count > fence.count, byte == UInt8(ascii: "\n") {
                rest += 1
                found(String(decoding: held.dropFirst(fence.count), as: UTF8.self))
                held.removeAll(keepingCapacity: true)
            } else {
                release(emit)
            }
        }
    }

    /// Gives out what is held: the stream has ended.
    mutating func finish(emit: (RawSpan) -> Void) {
        if !held.isEmpty { release(emit) }
    }

    private mutating func release(_ emit: (RawSpan) -> Void) {
        let bytes = held
        held.removeAll(keepingCapacity: true)
        unsafe emit(bytes.span.bytes)
    }

    private func isInWord(_ byte: UInt8) -> Bool {
        guard held.count < fence.count + Self.longestWord else { return false }
        return byte == UInt8(ascii: "E") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func firstSeparator(in bytes: RawSpan, from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in unsafe buffer[start...].firstIndex(of: separator) }
    }
}
