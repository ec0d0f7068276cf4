internal import YAMLSource

/// Which phase of the manifest.
enum PhaseKind: Sendable, Hashable, CustomStringConvertible {
    case deploy
    case test(String)
    case destroy

    /// The phase as messages name it: `deploy`, `test 'unit'`; a name may hold anything, and does not break out of a line.
    var description: String {
        switch self {
        case .deploy: "deploy"
        case .test(let name): "test '\(PrintableText.escaped(name))'"
        case .destroy: "destroy"
        }
    }

    /// The phase's kind alone, as labels and session names have it.
    var label: String {
        switch self {
        case .deploy: "deploy"
        case .test: "test"
        case .destroy: "destroy"
        }
    }

    /// The phase with a test's name, as containers are labelled: `deploy`, `test/unit`.
    var path: String {
        if case .test(let name) = self { "test/\(name)" } else { label }
    }
}
