internal import ContainerExec

/// Writes a record in few bytes.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt64) {
        // In groups of seven bits, since most numbers are small.
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ number: Int64) {
        write(UInt64(bitPattern: number))
    }

    mutating func write(_ text: [UInt8]) {
        write(UInt64(text.count))
        bytes += text
    }

    mutating func write(_ hash: ContentHash) {
        for half in [hash.high, hash.low] {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: half >> shift)) }
        }
    }
}
