/// One key of a mapping with its value.
struct YAMLEntry: Sendable {
    /// The text of the key.
    let key: String
    /// Where the key stands.
    let mark: SourceMark
    let value: YAMLNode

    /// How many nodes the entry counts for.
    var weight: Int { 1 + value.weight }
}
