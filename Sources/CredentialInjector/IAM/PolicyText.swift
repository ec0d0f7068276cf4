/// The text of a policy as IAM carries it.
enum PolicyText {
    /// Returns the JSON of a policy in an answer: IAM sends it percent-encoded (RFC 3986), others as it is.
    static func decoded(_ text: String) -> String {
        text.hasPrefix("%") ? String(decoding: PercentEncoding.decode(text), as: UTF8.self) : text
    }
}
