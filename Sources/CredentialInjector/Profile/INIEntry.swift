internal import ProcessEnvironment

/// One `key = value` of an INI file.
struct INIEntry: Sendable, Hashable {
    /// The key, in lower case where it stands in a section itself.
    let key: String
    /// The value, of which each may be a secret: a credentials file is nothing else.
    ///
    /// Lines that continue it are joined with newlines.
    let value: Secret
    /// The entries below it, when its own line has no value and all that follows is indented; else empty.
    let nested: [INIEntry]
    /// Where the key stands.
    let place: FilePlace
}
