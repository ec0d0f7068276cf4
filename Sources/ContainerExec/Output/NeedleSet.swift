#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds many byte strings in a text at once, by the method of Wu and Manber with blocks of three bytes.
///
/// Most positions are skipped by as many bytes as the shortest needle allows, so the search runs at gigabytes a second
/// however many needles there are. (S. Wu, U. Manber: A fast algorithm for multi-pattern searching, TR-94-17, 1994.)
/// Each step waits for a table, so a long text is searched in four parts side by side, which the processor overlaps.
struct NeedleSet: Sendable {
    private static let bits = 13
    /// Below this, four parts gain nothing.
    private static let shortestForParts = 2_048

    /// The length of the longest needle.
    let longest: Int
    private let shortest: Int
    private let needles: [[UInt8]]
    private let shift: [UInt8]
    /// The needles by the hash of the block that ends their first `shortest` bytes.
    private let buckets: [Int: [Int]]
    private let beginnings: NeedleBeginnings

    /// Creates a set; every needle has at least ``SecretForms/minimumLength`` bytes.
    init(_ needles: [[UInt8]]) {
        self.needles = needles
        let shortest = min(needles.map(\.count).min() ?? 0, 255)
        var shift = [UInt8](repeating: UInt8(max(0, shortest - 2)), count: 1 << Self.bits)
        var buckets: [Int: [Int]] = [:]
        for (index, needle) in needles.enumerated() {
            for end in 2..<max(2, shortest) {
                let block = UInt32(needle[end - 2]) | UInt32(needle[end - 1]) << 8 | UInt32(needle[end]) << 16
                let hash = Self.hash(block)
                shift[hash] = min(shift[hash], UInt8(shortest - 1 - end))
                if end == shortest - 1 { buckets[hash, default: []].append(index) }
            }
        }
        self.shortest = shortest
        self.shift = shift
        self.buckets = buckets
        longest = needles.map(\.count).max() ?? 0
        beginnings = NeedleBeginnings(needles)
    }

    private static func hash(_ block: UInt32) -> Int {
        Int((block &* 0x9E37_79B1) >> UInt32(32 - bits))
    }

    /// The hash of the block that ends at `index`, which is at least 3 and below the text's count.
    @inline(__always)
    private static func hash(_ text: UnsafeRawPointer, at index: Int) -> Int {
        let word = unsafe UInt32(littleEndian: text.loadUnaligned(fromByteOffset: index &- 3, as: UInt32.self))
        return hash(word >> 8)
    }

    /// Returns the ranges of all occurrences, overlapping ones united, in order.
    func matches(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard !needles.isEmpty, text.count >= shortest, let base = text.baseAddress else { return [] }
        var found: [Range<Int>] = []
        // Windows by where they end: those of each part are all found, wherever the parts begin.
        let first = shortest - 1
        let part = text.count < Self.shortestForParts ? 0 : (text.count - first) / 4
        unsafe shift.withUnsafeBufferPointer { shift in
            var (a, b, c, d) = (first, first + part, first + 2 * part, first + 3 * part)
            let (endA, endB, endC) = (b, c, d)
            let end = text.count
            while a < endA, b < endB, c < endC, d < end {
                // Every index is below the count and at least 3, and a hash is below the table's size.
                let stepA = unsafe Int(shift[Self.hash(base, at: a)])
                let stepB = unsafe Int(shift[Self.hash(base, at: b)])
                let stepC = unsafe Int(shift[Self.hash(base, at: c)])
                let stepD = unsafe Int(shift[Self.hash(base, at: d)])
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
                    let step = unsafe Int(shift[Self.hash(base, at: index)])
                    if step == 0 { unsafe look(at: index, in: text, &found) }
                    index += max(1, step)
                }
            }
        }
        return found.count < 2 ? found : Self.united(found)
    }

    /// Adds the needles that begin where a window begins that ends at `index`.
    @inline(never)
    private func look(at index: Int, in text: UnsafeRawBufferPointer, _ found: inout [Range<Int>]) {
        guard let base = text.baseAddress else { return }
        let start = index - shortest + 1
        for candidate in unsafe buckets[Self.hash(base, at: index)] ?? [] {
            let needle = needles[candidate]
            guard needle.count <= text.count - start, unsafe memcmp(base + start, needle, needle.count) == 0 else {
                continue
            }
            found.append(start..<start + needle.count)
        }
    }

    /// Returns the length of the longest end of the text with which a needle begins that is not there as a whole.
    func liveSuffix(of text: UnsafeRawBufferPointer) -> Int {
        unsafe beginnings.liveSuffix(of: text, longest: longest)
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
