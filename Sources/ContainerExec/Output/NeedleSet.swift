#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds many byte strings in a text at once, by the method of Wu and Manber with blocks of three bytes.
///
/// Most positions are skipped by as many bytes as the shortest piece allows, so the search runs at gigabytes a second
/// however many needles there are. (S. Wu, U. Manber: A fast algorithm for multi-pattern searching, TR-94-17, 1994.)
/// Each step waits for a table, so a long text is searched in four parts side by side, which the processor overlaps.
///
/// What is searched for are pieces: of a needle that may be broken into lines its first two, of which one is whole
/// wherever the breaks are; of another one its beginning.
struct NeedleSet: Sendable {
    /// A part of a needle.
    private struct Piece {
        let needle: Int
        /// Where the piece begins in the needle.
        let offset: Int
    }

    /// The bits of a hash: few for few needles, since the tables have to be made, and many for many, since an entry that
    /// two blocks share makes steps shorter.
    private static let fewBits = 12, manyBits = 15
    /// Below this, four parts gain nothing.
    private static let shortestForParts = 2_048

    /// The most bytes of a text that a needle takes up.
    let longest: Int
    /// The length of the window: of the shortest piece.
    private let window: Int
    /// By how much the product of a block is shifted to its hash.
    private let downshift: UInt32
    private let needles: [Needle]
    private let shift: [UInt8]
    /// The pieces, in the order of the hash of the block that ends their first `window` bytes.
    private let pieces: [Piece]
    /// Where the pieces of each hash begin.
    private let firstPiece: [UInt32]
    private let beginnings: NeedleBeginnings

    /// Creates a set; every needle has at least ``SecretForms/minimumLength`` bytes.
    init(_ texts: [[UInt8]]) {
        let needles = texts.map(Needle.init)
        var pieces: [(hash: Int, piece: Piece)] = []
        let window = needles.map { min($0.bytes.count, Needle.pieceLength) }.min() ?? 0
        let bits = needles.count < 64 ? Self.fewBits : Self.manyBits
        downshift = UInt32(32 - bits)
        var shift = [UInt8](repeating: UInt8(max(0, window - 2)), count: 1 << bits)
        for (index, needle) in needles.enumerated() {
            for offset in needle.mayBeBroken ? [0, Needle.pieceLength] : [0] {
                for end in 2..<window {
                    let place = offset + end
                    let block =
                        UInt32(needle.bytes[place - 2]) | UInt32(needle.bytes[place - 1]) << 8
                        | UInt32(needle.bytes[place]) << 16
                    let hash = Self.hash(block, downshift)
                    shift[hash] = min(shift[hash], UInt8(window - 1 - end))
                    if end == window - 1 { pieces.append((hash, Piece(needle: index, offset: offset))) }
                }
            }
        }
        pieces.sort { $0.hash < $1.hash }
        var first = [UInt32](repeating: 0, count: (1 << bits) + 1)
        for (hash, _) in pieces { first[hash + 1] += 1 }
        for hash in 1..<first.count { first[hash] += first[hash - 1] }
        self.needles = needles
        self.window = window
        self.shift = shift
        self.pieces = pieces.map(\.piece)
        firstPiece = first
        longest = needles.map(\.longestMatch).max() ?? 0
        beginnings = NeedleBeginnings(needles)
    }

    @inline(__always)
    private static func hash(_ block: UInt32, _ downshift: UInt32) -> Int {
        Int((block &* 0x9E37_79B1) &>> downshift)
    }

    /// The hash of the block that ends at `index`, which is at least 3 and below the text's count.
    @inline(__always)
    private static func hash(_ text: UnsafeRawPointer, at index: Int, _ downshift: UInt32) -> Int {
        let word = unsafe UInt32(littleEndian: text.loadUnaligned(fromByteOffset: index &- 3, as: UInt32.self))
        return hash(word >> 8, downshift)
    }

    /// Returns the ranges of all occurrences, overlapping ones united, in order.
    func matches(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard !needles.isEmpty, text.count >= window, let base = text.baseAddress else { return [] }
        var found: [Range<Int>] = []
        // Windows by where they end: those of each part are all found, wherever the parts begin.
        let first = window - 1
        let part = text.count < Self.shortestForParts ? 0 : (text.count - first) / 4
        unsafe shift.withUnsafeBufferPointer { shift in
            var (a, b, c, d) = (first, first + part, first + 2 * part, first + 3 * part)
            let (endA, endB, endC) = (b, c, d)
            let end = text.count
            while a < endA, b < endB, c < endC, d < end {
                // Every index is below the count and at least 3, and a hash is below the table's size.
                let stepA = unsafe Int(shift[Self.hash(base, at: a, downshift)])
                let stepB = unsafe Int(shift[Self.hash(base, at: b, downshift)])
                let stepC = unsafe Int(shift[Self.hash(base, at: c, downshift)])
                let stepD = unsafe Int(shift[Self.hash(base, at: d, downshift)])
                if stepA == 0 { unsafe look(at: a, in: text, &found) }
                if stepB == 0 { unsafe look(at: b, in: text, &found) }
                if stepC == 0 { unsafe look(at: c, in: text, &found) }
                if stepD == 0 { unsafe look(at: d, in: text, &found) }
                a &+= max(1, stepA)
                b &+= max(1, stepB)
                c &+= max(1, stepC)
                d &+= max(1, stepD)
            }
            for (start, end) in [(a, endA), (b, endB), (c, endC), (d, end)] {
                var index = start
                while index < end {
                    let step = unsafe Int(shift[Self.hash(base, at: index, downshift)])
                    if step == 0 { unsafe look(at: index, in: text, &found) }
                    index += max(1, step)
                }
            }
        }
        return found.count < 2 ? found : Self.united(found)
    }

    /// Adds the needles of which a piece begins where a window begins that ends at `index`.
    @inline(never)
    private func look(at index: Int, in text: UnsafeRawBufferPointer, _ found: inout [Range<Int>]) {
        guard let base = text.baseAddress else { return }
        let place = index - window + 1
        let hash = unsafe Self.hash(base, at: index, downshift)
        for number in Int(firstPiece[hash])..<Int(firstPiece[hash + 1]) {
            let piece = pieces[number]
            let needle = needles[piece.needle]
            let isThere = unsafe needle.bytes.withUnsafeBytes { bytes in
                // The window lies within the text, and a piece is at least as long.
                unsafe memcmp(base + place, bytes.baseAddress.map { unsafe $0 + piece.offset } ?? base, window) == 0
            }
            guard isThere, let start = unsafe needle.start(in: text, before: place, from: piece.offset),
                case .whole(let end) = unsafe needle.match(text, at: start)
            else { continue }
            found.append(start..<end)
        }
    }

    /// Returns the length of the longest end of the text with which a needle begins that is not there as a whole.
    func liveSuffix(of text: UnsafeRawBufferPointer) -> Int {
        unsafe beginnings.liveSuffix(of: text)
    }

    /// Returns whether a text, which a needle may begin with, is little of any: at most `most` bytes and a quarter.
    func isSlight(_ text: UnsafeRawBufferPointer, most: Int) -> Bool {
        unsafe beginnings.isSlight(text, most: most)
    }

    private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
