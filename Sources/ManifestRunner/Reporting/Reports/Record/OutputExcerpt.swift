/// What a command printed: all of it, or its beginning and its end.
struct OutputExcerpt: Sendable {
    /// A piece of one stream, as it came.
    struct Piece: Sendable {
        let target: OutputWriter.Target
        var bytes: [UInt8]
    }

    /// How much is kept.
    struct Bounds: Sendable {
        /// The most bytes of the beginning.
        let head: Int
        /// How many bytes of the end at least, where there are more than those of the beginning.
        let tail: Int

        /// A mebibyte, most of it the end, where the reason for a failure is.
        static let command = Bounds(head: 256 << 10, tail: 768 << 10)
        /// What is left of commands that succeeded when a run prints very much.
        static let small = Bounds(head: 2 << 10, tail: 6 << 10)
    }

    /// Pieces up to this size are put together.
    private static let pieceBytes = 16 << 10

    private(set) var head: [Piece] = []
    private var tailPieces: [Piece] = []
    /// Where the tail begins: what is before was dropped.
    private var tailStart = 0
    private var headBytes = 0
    private var tailBytes = 0
    /// How many bytes there were in all.
    private(set) var totalBytes: Int64 = 0
    private var bounds: Bounds

    init(bounds: Bounds = .command) {
        self.bounds = bounds
    }

    /// The end, after what was left out.
    var tail: ArraySlice<Piece> { tailPieces[tailStart...] }

    /// How many bytes between the two were left out.
    var omittedBytes: Int64 { totalBytes - Int64(keptBytes) }

    /// How many bytes are kept.
    var keptBytes: Int { headBytes + tailBytes }

    var isEmpty: Bool { totalBytes == 0 }

    /// Takes in what was printed next.
    mutating func append(_ bytes: [UInt8], to target: OutputWriter.Target) {
        totalBytes += Int64(bytes.count)
        let room = tailBytes == 0 && tailStart == 0 ? bounds.head - headBytes : 0
        if room > 0 {
            let taken = min(room, bytes.count)
            Self.append(bytes[..<taken], target, to: &head)
            headBytes += taken
            if taken == bytes.count { return }
            appendToTail(bytes[taken...], target)
        } else {
            appendToTail(bytes[...], target)
        }
    }

    private mutating func appendToTail(_ bytes: ArraySlice<UInt8>, _ target: OutputWriter.Target) {
        Self.append(bytes, target, to: &tailPieces)
        tailBytes += bytes.count
        trimTail()
    }

    private static func append(_ bytes: ArraySlice<UInt8>, _ target: OutputWriter.Target, to pieces: inout [Piece]) {
        if let last = pieces.indices.last, pieces[last].target == target,
            pieces[last].bytes.count + bytes.count <= pieceBytes
        {
            pieces[last].bytes += bytes
        } else {
            pieces.append(Piece(target: target, bytes: Array(bytes)))
        }
    }

    private mutating func trimTail() {
        while tailStart < tailPieces.count, tailBytes - tailPieces[tailStart].bytes.count >= bounds.tail {
            tailBytes -= tailPieces[tailStart].bytes.count
            tailPieces[tailStart].bytes = []
            tailStart += 1
        }
        // Moved rarely, so that each piece is moved once or twice in its life.
        guard tailStart > 64, tailStart > tailPieces.count / 2 else { return }
        tailPieces.removeFirst(tailStart)
        tailStart = 0
    }

    /// Keeps less from now on, and of what is kept.
    mutating func shrink(to bounds: Bounds) {
        guard keptBytes > bounds.head + bounds.tail else { return }
        let pieces = head + tail
        let total = totalBytes
        let wasOmitted = omittedBytes
        var result = OutputExcerpt(bounds: bounds)
        for piece in pieces.prefix(while: { _ in result.headBytes < bounds.head }) {
            let taken = min(bounds.head - result.headBytes, piece.bytes.count)
            Self.append(piece.bytes[..<taken], piece.target, to: &result.head)
            result.headBytes += taken
        }
        var end: [Piece] = []
        for piece in pieces.reversed() {
            guard result.tailBytes < bounds.tail else { break }
            let taken = min(bounds.tail - result.tailBytes, piece.bytes.count)
            end.append(Piece(target: piece.target, bytes: Array(piece.bytes.suffix(taken))))
            result.tailBytes += taken
        }
        result.tailPieces = end.reversed()
        result.totalBytes = total
        assert(result.omittedBytes >= wasOmitted)
        self = result
    }
}
