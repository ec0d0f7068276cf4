/// A byte string to be found, in one piece or broken into lines.
///
/// Programs such as base64(1) and `xxd -p` break what they print into lines, and a secret may begin anywhere in one. So
/// a long needle is also found with a line break (LF or CR LF) between two of its bytes, where two breaks have at least
/// ``shortestLine`` bytes between them.
struct Needle: Sendable {
    /// What a text that begins at some place has of the needle.
    enum Match: Equatable {
        case none
        /// All of the text, which is as many of the needle's first bytes.
        case begun(Int)
        /// The whole needle, which ends before this index.
        case whole(Int)
    }

    /// The length of the two pieces that a long needle begins with, one of which no line break divides.
    static let pieceLength = 16
    /// The least number of bytes between two line breaks.
    ///
    /// A break in the first piece then leaves the second whole: the next one comes after it.
    static let shortestLine = 2 * pieceLength - 1

    let bytes: [UInt8]
    /// Whether it is also found broken.
    let mayBeBroken: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        mayBeBroken = bytes.count >= 2 * Self.pieceLength && !bytes.contains { $0 == 0x0A || $0 == 0x0D }
    }

    /// The most bytes of a text that it takes up.
    var longestMatch: Int {
        mayBeBroken ? bytes.count + 2 * (bytes.count / Self.shortestLine + 2) : bytes.count
    }

    /// Compares the needle with the text from `start` on.
    func match(_ text: UnsafeRawBufferPointer, at start: Int) -> Match {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var index = start
            var lastBreak = -Self.shortestLine
            for position in 0..<bytes.count {
                guard index < text.count else { return .begun(position) }
                // The position is below the needle's count, and the index below the text's.
                if unsafe text[index] != bytes[position] {
                    guard mayBeBroken, position > 0, position - lastBreak >= Self.shortestLine else { return .none }
                    if unsafe text[index] == 0x0D { index += 1 }
                    guard index < text.count else { return .begun(position) }
                    guard unsafe text[index] == 0x0A else { return .none }
                    index += 1
                    lastBreak = position
                    guard index < text.count else { return .begun(position) }
                    guard unsafe text[index] == bytes[position] else { return .none }
                }
                index += 1
            }
            return .whole(index)
        }
    }

    /// Returns where the needle would begin of which the byte number `position` is the text's at `index`; nil when
    /// what comes before is something else.
    func start(in text: UnsafeRawBufferPointer, before index: Int, from position: Int) -> Int? {
        var (index, position) = (index, position)
        while position > 0 {
            if index > 0, unsafe text[index - 1] == 0x0A {
                let hasReturn = unsafe index > 1 && text[index - 2] == 0x0D
                index -= hasReturn ? 2 : 1
            }
            guard index > 0, unsafe text[index - 1] == bytes[position - 1] else { return nil }
            index -= 1
            position -= 1
        }
        return index
    }
}
