/// Percent-encoding of RFC 3986.
enum URLEncoding {
    /// Returns `text` with every byte encoded that is not unreserved.
    ///
    /// `also` names ASCII characters to keep as they are: the slashes and colons of an image's name in a path.
    static func encode(_ text: String, keeping also: String = "") -> String {
        let kept = Set("-._~\(also)".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                result.append(byte)
            case _ where kept.contains(byte):
                result.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Returns a query with its question mark, or nothing for no items.
    static func query(_ items: [(name: String, value: String)]) -> String {
        items.isEmpty ? "" : "?" + items.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }
}
