package import YAMLSource

/// A name with a text: a variable, a build argument, a label.
package struct NamedText: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The text; nil when only the name is given, or the text is null.
    package let value: String?
    /// Where it stands.
    package let mark: SourceMark

    /// Creates a pair.
    package init(name: String, value: String?, mark: SourceMark = .start) {
        self.name = name
        self.value = value
        self.mark = mark
    }
}
