/// One finding about a source text.
package struct Diagnostic: Sendable, Hashable {
    /// How bad a finding is.
    package enum Severity: String, Sendable, Hashable {
        /// The text has no meaning; nothing runs.
        case error
        /// The text has a meaning, perhaps not the one intended.
        case warning
        /// Something worth knowing that needs no change.
        case notice
    }

    /// Another place that explains the finding.
    package struct Related: Sendable, Hashable {
        /// What is there.
        package let message: String
        /// Where it is.
        package let mark: SourceMark
    }

    /// How bad the finding is.
    package let severity: Severity
    /// What is wrong, in lower case and without a full stop.
    package let message: String
    /// Where it is.
    package let mark: SourceMark
    /// What to do about it, when that is known.
    package let help: String?
    /// Other places that explain it.
    package let related: [Related]
    /// What kind of finding it is.
    package let rule: Rule

    /// Creates a finding.
    package init(
        _ severity: Severity,
        _ message: String,
        at mark: SourceMark,
        help: String? = nil,
        related: [Related] = [],
        rule: Rule = .yaml
    ) {
        self.severity = severity
        self.message = message
        self.mark = mark
        self.help = help
        self.related = related
        self.rule = rule
    }
}

extension [Diagnostic] {
    /// Whether one of the findings is an error.
    package var hasErrors: Bool { contains { $0.severity == .error } }

    /// Returns the findings in the order of the text, each once: an aliased node may have been looked at twice.
    package func sortedByMark() -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        // The index keeps findings at one place in the order in which they were made.
        return enumerated()
            .sorted { ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset) }
            .map(\.element)
            .filter { seen.insert($0).inserted }
    }
}
