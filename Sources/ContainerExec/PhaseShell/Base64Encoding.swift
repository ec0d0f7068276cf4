/// Base64 as `base64 -d` reads it (RFC 4648, section 4).
enum Base64Encoding {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// 57 bytes make a line of 76 characters, the most that RFC 2045 allows and every decoder takes.
    private static let bytesOfALine = 57

    /// Returns the encoding in lines, each with its line feed.
    static func lines(of bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 3 * 4 + bytes.count / bytesOfALine + 8)
        for start in stride(from: 0, to: bytes.count, by: bytesOfALine) {
            let end = min(start + bytesOfALine, bytes.count)
            for index in stride(from: start, to: end, by: 3) { append(bytes[index..<min(index + 3, end)], to: &result) }
            result.append(UInt8(ascii: "\n"))
        }
        return result
    }

    private static func append(_ group: ArraySlice<UInt8>, to result: inout [UInt8]) {
        var bits: UInt32 = 0
        for byte in group { bits = bits << 8 | UInt32(byte) }
        bits <<= UInt32(8 * (3 - group.count))
        for position in 0..<4 {
            let digit = alphabet[Int(bits >> UInt32(18 - 6 * position)) & 63]
            result.append(position <= group.count ? digit : UInt8(ascii: "="))
        }
    }
}
