/// The bytes of one input, taken from the front.
struct FuzzInput {
    private var bytes: ArraySlice<UInt8>

    init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        bytes = ArraySlice(UnsafeBufferPointer(start: start, count: count))
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// All that is left.
    var rest: [UInt8] { Array(bytes) }

    /// The next byte, or 0 at the end.
    mutating func next() -> UInt8 { bytes.popFirst() ?? 0 }

    /// What comes before the next `end`, which is taken too; at most so many bytes.
    mutating func until(_ end: UInt8, most: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < most, let byte = bytes.popFirst(), byte != end { result.append(byte) }
        return result
    }
}
