/// The first document of a YAML text, with all findings about it.
package struct YAMLDocument: Sendable {
    /// The document's value; nil when the text is empty, has comments only, or is no YAML.
    package let root: YAMLNode?
    /// What was found; an error among them where the text is no YAML, or sets a key twice.
    package let diagnostics: [Diagnostic]

    /// Reads a text within ``YAMLLimits``; whatever it is, nothing is thrown.
    package static func read(_ source: SourceText) -> YAMLDocument {
        YAMLComposer.compose(source)
    }
}
