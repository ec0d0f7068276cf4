/// What a request brings along for a condition key.
struct ContextValue: Sendable, Hashable {
    /// The values; nil where the request does not have the key.
    let values: [String]?
    /// What they are of, in words: `claim aud of the token`.
    let source: String
    /// Why the values are not certain; nil where they are.
    var doubt: Doubt?
    /// Why the key is not there, or what is to be known of it.
    var note: String?

    /// Why a value is not certain.
    enum Doubt: Sendable, Hashable {
        /// AWS alone has the value.
        case onlyAWS
        /// The value is known, but perhaps AWS does not offer it under that key.
        case perhapsAbsent
    }
}
