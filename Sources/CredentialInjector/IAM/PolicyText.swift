/// The text of a policy as IAM carries it.
enum PolicyText {
    /// Returns the JSON of a policy in an answer: IAM sends it percent-encoded (RFC 3986), others as it is.
    ///
    /// A text that is not percent-encoded throughout is taken for plain.
    static func decoded(_ text: String) -> String {
        guard text.hasPrefix("%") else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.first != "+", digits.first != "-", let value = UInt8(digits, radix: 16)
            else { return text }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
