/// Finds the end of a text with which one of many byte strings may begin.
struct NeedleBeginnings: Sendable {
    private let needles: [Needle]
    /// The needles by their first byte.
    private let byFirst: [[Int]]
    /// One bit for each pair of bytes with which a needle begins.
    private let pairs: [UInt64]
    /// The most bytes that the beginning of a needle takes up.
    private let longest: Int

    init(_ needles: [Needle]) {
        self.needles = needles
        var byFirst = [[Int]](repeating: [], count: 256)
        var pairs = [UInt64](repeating: 0, count: 65_536 / 64)
        for (index, needle) in needles.enumerated() where needle.bytes.count >= 2 {
            byFirst[Int(needle.bytes[0])].append(index)
            let seconds = [needle.bytes[1]] + (needle.mayBeBroken ? [0x0A, 0x0D] : [])
            for second in seconds {
                let pair = Int(needle.bytes[0]) << 8 | Int(second)
                pairs[pair >> 6] |= 1 << UInt64(pair & 63)
            }
        }
        self.byFirst = byFirst
        self.pairs = pairs
        longest = max(0, (needles.map(\.longestMatch).max() ?? 0) - 1)
    }

    /// Returns the length of the longest end of the text that a needle begins with and is longer than.
    func liveSuffix(of text: UnsafeRawBufferPointer) -> Int {
        let count = text.count
        guard count > 0, longest > 0 else { return 0 }
        var start = max(0, count - longest)
        unsafe pairs.withUnsafeBufferPointer { pairs in
            while start < count - 1 {
                // A pair is below 65,536, one bit for each in the table.
                let pair = unsafe Int(text[start]) << 8 | Int(text[start + 1])
                let isCandidate = unsafe pairs[pair >> 6] & (1 << UInt64(pair & 63)) != 0
                if isCandidate, unsafe beginsNeedle(text, at: start) { break }
                start += 1
            }
        }
        guard start == count - 1 else { return max(0, count - start) }
        return unsafe byFirst[Int(text[start])].isEmpty ? 0 : 1
    }

    /// Returns whether no end of the text is more than the first quarter of a needle, nor more than `most` bytes of it.
    func isSlight(_ text: UnsafeRawBufferPointer, most: Int) -> Bool {
        (0..<text.count).allSatisfy { start in
            unsafe byFirst[Int(text[start])].allSatisfy { index in
                guard case .begun(let count) = unsafe needles[index].match(text, at: start) else { return true }
                return count <= most && 4 * count <= needles[index].bytes.count
            }
        }
    }

    private func beginsNeedle(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
        unsafe byFirst[Int(text[start])].contains { index in
            if case .begun = unsafe needles[index].match(text, at: start) { true } else { false }
        }
    }
}
