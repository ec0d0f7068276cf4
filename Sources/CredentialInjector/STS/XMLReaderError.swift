/// Why a text was not read as XML.
struct XMLReaderError: Error, Hashable {
    /// The reason as a clause: `it has a DOCTYPE`.
    let reason: String
}
