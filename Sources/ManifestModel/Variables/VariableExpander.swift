/// Expands `$NAME` and `${NAME…}` as Okteto does, in the few fields where Okteto does; never in commands.
///
/// The forms are `$NAME`, `${NAME}`, `${NAME-default}` and `=` (unset), `:-` and `:=` (unset or empty), `+` and `:+`
/// (set), with a default that may itself be one `$NAME`; `$$` is a dollar sign. What is not set expands to nothing.
package struct VariableExpander: Sendable {
    /// A text that cannot be expanded.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The text.
        package let text: String

        package var description: String { "error expanding environment on '\(text)': closing brace expected" }
    }

    private let value: @Sendable (String) -> String?

    /// Creates an expander that looks names up with `value`.
    package init(value: @escaping @Sendable (String) -> String?) {
        self.value = value
    }

    /// Returns the text with its variables expanded.
    ///
    /// - Throws: ``Failure`` when a brace is not closed.
    package func expand(_ text: String) throws(Failure) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "{" {
                guard let close = rest.firstIndex(of: "}"), !rest[..<close].contains("\n") else {
                    throw Failure(text: text)
                }
                result += expression(rest[rest.index(after: rest.startIndex)..<close])
                rest = rest[rest.index(after: close)...]
            } else {
                let name = rest.prefix(while: Self.isNameCharacter)
                result += name.isEmpty ? "$" : value(String(name)) ?? ""
                rest = rest[name.endIndex...]
            }
        }
        return result + rest
    }

    /// Returns the expanded text, or the text itself when nothing would be left of it.
    ///
    /// - Throws: ``Failure`` when a brace is not closed.
    package func expandIfNotEmpty(_ text: String) throws(Failure) -> String {
        let expanded = try expand(text)
        return expanded.isEmpty ? text : expanded
    }

    private func expression(_ text: Substring) -> String {
        let name = text.prefix(while: Self.isNameCharacter)
        let current = value(String(name))
        var rest = text[name.endIndex...]
        let treatsEmptyAsUnset = rest.first == ":"
        if treatsEmptyAsUnset { rest = rest.dropFirst() }
        switch rest.first {
        case "-", "=":
            let isMissing = current == nil || (treatsEmptyAsUnset && current == "")
            return isMissing ? word(rest.dropFirst()) : current ?? ""
        case "+":
            return current == nil ? "" : word(rest.dropFirst())
        default:
            return current ?? ""
        }
    }

    private func word(_ text: Substring) -> String {
        guard text.first == "$", text.dropFirst().allSatisfy(Self.isNameCharacter) else { return String(text) }
        return value(String(text.dropFirst())) ?? ""
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
