/// One key of a mapping with its value.
package struct YAMLEntry: Sendable {
    /// The text of the key.
    package let key: String
    /// Where the key stands.
    package let mark: SourceMark
    /// What the key is set to.
    package let value: YAMLNode

    /// How many nodes the entry counts for.
    var weight: Int { 1 + value.weight }
}
