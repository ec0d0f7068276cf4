/// Finds many byte strings in a text at once, by the method of Wu and Manber with blocks of three bytes.
///
/// Most positions are skipped by as many bytes as the shortest needle allows, so the search runs at gigabytes a second
/// however many needles there are. (S. Wu, U. Manber: A fast algorithm for multi-pattern searching, TR-94-17, 1994.)
struct NeedleSet: Sendable {
    private static let bits = 13

    let needles: [[UInt8]]
    /// The length of the longest needle.
    let longest: Int
    private let shortest: Int
    private let shift: [UInt8]
    private let buckets: [Int: [Int]]

    /// Creates a set; every needle has at least ``SecretForms/minimumLength`` bytes.
    init(_ needles: [[UInt8]]) {
        self.needles = needles
        let shortest = min(needles.map(\.count).min() ?? 0, 255)
        var shift = [UInt8](repeating: UInt8(max(0, shortest - 2)), count: 1 << Self.bits)
        var buckets: [Int: [Int]] = [:]
        for (index, needle) in needles.enumerated() {
            for end in 2..<max(2, shortest) {
                let hash = Self.hash(needle[end - 2], needle[end - 1], needle[end])
                shift[hash] = min(shift[hash], UInt8(shortest - 1 - end))
                if end == shortest - 1 { buckets[hash, default: []].append(index) }
            }
        }
        self.shortest = shortest
        self.shift = shift
        self.buckets = buckets
        longest = needles.map(\.count).max() ?? 0
    }

    private static func hash(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int {
        Int(((UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16) &* 0x9E37_79B1) >> UInt32(32 - bits))
    }

    /// Returns the ranges of all occurrences, overlapping ones united, in order.
    func matches(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard !needles.isEmpty, text.count >= shortest else { return [] }
        var found: [Range<Int>] = []
        unsafe shift.withUnsafeBufferPointer { shift in
            var index = shortest - 1
            let count = text.count
            while index < count {
                // index is below count and at least 2, and the hash is below the table's size.
                let hash = unsafe Self.hash(text[index - 2], text[index - 1], text[index])
                let step = unsafe Int(shift[hash])
                guard step == 0 else {
                    index += step
                    continue
                }
                let start = index - shortest + 1
                for candidate in buckets[hash] ?? [] {
                    let needle = needles[candidate]
                    guard needle.count <= count - start,
                        unsafe text[start..<start + needle.count].elementsEqual(needle)
                    else { continue }
                    Self.unite(start..<start + needle.count, with: &found)
                }
                index += 1
            }
        }
        return found
    }

    /// Returns the length of the longest end of the text with which a needle begins that is not there as a whole.
    func liveSuffix(of text: UnsafeRawBufferPointer) -> Int {
        var result = 0
        for needle in needles {
            var length = min(needle.count - 1, text.count)
            while length > result {
                if unsafe text[(text.count - length)...].elementsEqual(needle.prefix(length)) { result = length }
                length -= 1
            }
        }
        return result
    }

    private static func unite(_ range: Range<Int>, with found: inout [Range<Int>]) {
        if let last = found.last, range.lowerBound <= last.upperBound {
            found[found.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            found.append(range)
        }
    }
}
