/// A text that can't be read as YAML; reading ends there.
struct YAMLError: Error {
    /// What is wrong, and where.
    let diagnostic: Diagnostic

    init(_ message: String, at mark: SourceMark, help: String? = nil, related: [Diagnostic.Related] = []) {
        diagnostic = Diagnostic(.error, message, at: mark, help: help, related: related)
    }
}
