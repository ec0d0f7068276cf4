internal import YAMLSource

extension PhaseKind {
    /// The phase in a table: a test's name alone, on one line and escaped.
    var shortName: String {
        if case .test(let name) = self { PrintableText.escaped(name, limit: 200) } else { label }
    }
}
