internal import YAMLSource

extension ShapeChecker {
    mutating func report(_ rule: Diagnostic.Rule, _ message: String, at mark: SourceMark, help: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: mark, help: help, rule: rule))
    }

    mutating func warn(_ rule: Diagnostic.Rule, _ message: String, at mark: SourceMark, help: String? = nil) {
        diagnostics.append(Diagnostic(.warning, message, at: mark, help: help, rule: rule))
    }

    /// Warns of what Okteto's parser takes and its schema does not: `what` is `is a list`, or the like.
    mutating func refused(_ what: String, at mark: SourceMark, help: String = "Okteto itself runs it, and so does this")
    {
        warn(.oktetoSchema, "\(path.name) \(what), which 'okteto validate' refuses", at: mark, help: help)
    }

    /// Reports a node of a kind that its place does not take.
    mutating func reportKind(_ node: YAMLNode, _ shape: Shape, help: String? = nil) {
        var advice = help ?? shape.help
        if advice == nil, shape.list != nil, let text = node.text { advice = Self.listHelp(path.lastKey, text) }
        report(
            .wrongType,
            "\(path.name) must be \(shape.expectation), not \(node.kindName)",
            at: node.mark,
            help: advice
        )
    }

    /// Returns the advice to write a lone text as a list.
    private static func listHelp(_ key: String, _ text: String) -> String {
        guard !text.contains(where: \.isNewline) else { return "write '\(key):' and under it '- |' before the text" }
        return "write '\(key):' and on the next line '- \(PrintableText.escaped(text, limit: 60))'"
    }

    mutating func reportUnknown(_ entry: YAMLEntry, _ shape: FieldsShape) {
        let names = shape.names
        let help =
            path.isRoot
            ? UnknownKeyHelp.help(for: entry.key, among: names)
            : Suggestion.help(for: entry.key, among: names)
                ?? "the keys of \(path.name) are \(names.joined(separator: ", "))"
        report(
            .unknownKey,
            "\(PrintableText.quoted(entry.key)) is not a key of \(path.name)",
            at: entry.mark,
            help: help
        )
    }
}
