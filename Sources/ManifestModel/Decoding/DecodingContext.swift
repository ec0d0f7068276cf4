internal import YAMLSource

/// Collects findings while nodes become values, and holds what every decoder needs.
struct DecodingContext {
    var diagnostics: [Diagnostic]

    mutating func error(_ message: String, at mark: SourceMark, help: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: mark, help: help))
    }

    mutating func warning(_ message: String, at mark: SourceMark, help: String? = nil) {
        diagnostics.append(Diagnostic(.warning, message, at: mark, help: help))
    }

    /// Returns the entries of a mapping by key, those that are null left out; reports keys that are not known.
    ///
    /// Nil, with a finding, when the node is no mapping.
    mutating func fields(of node: YAMLNode, in place: String, known: [String]) -> [String: YAMLEntry]? {
        guard case .mapping(let entries) = node.content else {
            error("\(place) must be a mapping, not \(node.kindName)", at: node.mark)
            return nil
        }
        var result: [String: YAMLEntry] = [:]
        for entry in entries {
            if !known.contains(entry.key) {
                error(
                    "\(PrintableText.quoted(entry.key)) is not a key of \(place)",
                    at: entry.mark,
                    help: Suggestion.help(for: entry.key, among: known)
                        ?? "the keys of \(place) are \(known.joined(separator: ", "))"
                )
            } else if !entry.value.isNull {
                result[entry.key] = entry
            }
        }
        return result
    }

    /// Returns the text of a scalar as it is written; empty for null; nil, with a finding, for anything else.
    mutating func text(_ node: YAMLNode, _ place: String) -> String? {
        guard case .scalar(let scalar) = node.content else {
            error("\(place) must be a text, not \(node.kindName)", at: node.mark)
            return nil
        }
        return node.isNull ? "" : scalar.text
    }

    /// Returns the text of a field with its mark; nil when it is not there or empty.
    mutating func markedText(_ entry: YAMLEntry?, _ place: String) -> Marked<String>? {
        guard let entry, let text = text(entry.value, place), !text.isEmpty else { return nil }
        return Marked(text, at: entry.value.mark)
    }

    /// Returns the truth value of a field; nil, with a finding unless it is not there, when it has none.
    mutating func boolean(_ entry: YAMLEntry?, _ place: String) -> Bool? {
        guard let entry else { return nil }
        guard let value = entry.value.boolean else {
            error("\(place) must be true or false", at: entry.value.mark, help: "write it without quotes")
            return nil
        }
        return value
    }

    /// Returns the items of a list field; empty when it is not there; a finding when it is no list.
    mutating func items(_ entry: YAMLEntry?, _ place: String) -> [YAMLNode] {
        guard let entry else { return [] }
        if case .sequence(let items) = entry.value.content { return items }
        var help: String?
        if case .scalar(let scalar) = entry.value.content { help = Self.listHelp(entry.key, scalar.text) }
        error("\(place) must be a list, not \(entry.value.kindName)", at: entry.value.mark, help: help)
        return []
    }

    /// Returns the texts of a list field.
    mutating func texts(_ entry: YAMLEntry?, _ place: String) -> [Marked<String>] {
        var result: [Marked<String>] = []
        for item in items(entry, place) {
            guard let text = text(item, "an entry of \(place)") else { continue }
            result.append(Marked(text, at: item.mark))
        }
        return result
    }

    /// Returns the advice to write a lone text as a list.
    static func listHelp(_ key: String, _ text: String) -> String {
        guard !text.contains(where: \.isNewline) else { return "write '\(key):' and under it '- |' before the text" }
        return "write '\(key):' and on the next line '- \(PrintableText.escaped(text, limit: 60))'"
    }
}
