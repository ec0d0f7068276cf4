#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds the end of a text with which one of many byte strings may begin.
struct NeedleBeginnings: Sendable {
    private let needles: [[UInt8]]
    /// The needles by their first byte.
    private let byFirst: [[Int]]
    /// One bit for each pair of bytes with which a needle begins.
    private let pairs: [UInt64]

    init(_ needles: [[UInt8]]) {
        self.needles = needles
        var byFirst = [[Int]](repeating: [], count: 256)
        var pairs = [UInt64](repeating: 0, count: 65_536 / 64)
        for (index, needle) in needles.enumerated() where needle.count >= 2 {
            byFirst[Int(needle[0])].append(index)
            let pair = Int(needle[0]) << 8 | Int(needle[1])
            pairs[pair >> 6] |= 1 << UInt64(pair & 63)
        }
        self.byFirst = byFirst
        self.pairs = pairs
    }

    /// Returns the length of the longest end of the text that a needle begins with and is longer than.
    func liveSuffix(of text: UnsafeRawBufferPointer, longest: Int) -> Int {
        guard let base = text.baseAddress, longest > 1 else { return 0 }
        let count = text.count
        var start = max(0, count - longest + 1)
        unsafe pairs.withUnsafeBufferPointer { pairs in
            while start < count - 1 {
                // A pair is below 65,536, one bit for each in the table.
                let pair = unsafe Int(text[start]) << 8 | Int(text[start + 1])
                let isCandidate = unsafe pairs[pair >> 6] & (1 << UInt64(pair & 63)) != 0
                if isCandidate, unsafe beginsNeedle(base + start, count - start) { break }
                start += 1
            }
        }
        guard start == count - 1 else { return max(0, count - start) }
        return unsafe byFirst[Int(text[start])].isEmpty ? 0 : 1
    }

    private func beginsNeedle(_ text: UnsafeRawPointer, _ length: Int) -> Bool {
        let first = unsafe Int(text.load(as: UInt8.self))
        return byFirst[first].contains { index in
            unsafe needles[index].count > length && memcmp(text, needles[index], length) == 0
        }
    }
}
