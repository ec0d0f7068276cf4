internal import ContainerExec

/// Reads a record; what is cut off or damaged is nil.
struct RecordReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() -> UInt64? {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            let part = UInt64(byte & 0x7F)
            guard shift < 63 || part <= 1 else { return nil }
            result |= part << shift
            if byte & 0x80 == 0 { return result }
        }
        return nil
    }

    mutating func signed() -> Int64? {
        number().map { Int64(bitPattern: $0) }
    }

    /// Returns a count of things of which each takes a byte at least.
    mutating func count() -> Int? {
        guard let number = number(), number <= UInt64(rest.count) else { return nil }
        return Int(number)
    }

    mutating func bytes() -> [UInt8]? {
        guard let count = count() else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func text() -> String? {
        bytes().map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func hash() -> ContentHash? {
        guard rest.count >= 16 else { return nil }
        defer { rest = rest.dropFirst(16) }
        return ContentHash(Array(rest.prefix(16)))
    }
}
