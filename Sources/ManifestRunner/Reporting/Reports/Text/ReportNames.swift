internal import YAMLSource

/// Names as reports show them.
enum ReportNames {
    /// Returns a name on one line, what would mislead a reader escaped; a very long one is cut.
    static func line(_ name: String) -> String {
        PrintableText.escaped(name, limit: 300)
    }

    /// The phase's own name: a test's, `deploy` or `destroy`.
    static func name(of kind: PhaseKind) -> String {
        if case .test(let name) = kind { return line(name) }
        return kind.label
    }

    /// The phase as sentences name it: `test 'unit'`.
    static func sentence(_ kind: PhaseKind) -> String {
        if case .test(let name) = kind { return "test '\(line(name))'" }
        return kind.label
    }
}
