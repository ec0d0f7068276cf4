/// Writes `application/x-www-form-urlencoded` as AWS services read it.
struct FormEncoder {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Adds a field; everything but letters, digits and `-._~` is percent-encoded, a space as `%20`.
    mutating func append(_ name: String, _ value: some Sequence<UInt8>) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
        encode(name.utf8)
        bytes.append(UInt8(ascii: "="))
        encode(value)
    }

    /// Adds a field of text.
    mutating func append(_ name: String, _ value: String) {
        append(name, value.utf8)
    }

    /// Makes room at once, so that a secret does not stay behind in smaller buffers.
    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    private mutating func encode(_ value: some Sequence<UInt8>) {
        Self.encode(value, into: &bytes)
    }

    /// Returns bytes with everything but letters, digits and `-._~` percent-encoded (RFC 3986 §2.3).
    static func encoded(_ value: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        encode(value, into: &result)
        return result
    }

    private static func encode(_ value: some Sequence<UInt8>, into bytes: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in value {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            }
        }
    }
}
