/// Collects what decoding finds.
struct Findings {
    private var diagnostics: [Diagnostic] = []

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The findings in the order of their places; those about the whole file come first.
    var sorted: [Diagnostic] {
        let start = SourceMark(line: 0, column: 0)
        return diagnostics.enumerated()
            .sorted { (($0.element.mark ?? start), $0.offset) < (($1.element.mark ?? start), $1.offset) }
            .map(\.element)
    }

    mutating func error(_ message: String, at mark: SourceMark?, help: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: mark, help: help))
    }

    mutating func warning(_ message: String, at mark: SourceMark?, help: String? = nil) {
        diagnostics.append(Diagnostic(.warning, message, at: mark, help: help))
    }

    mutating func notice(_ message: String, at mark: SourceMark?, help: String? = nil) {
        diagnostics.append(Diagnostic(.notice, message, at: mark, help: help))
    }
}
