package import ProcessEnvironment
internal import YAMLSource

/// Expands `$NAME` and `${NAME…}` in the values of a manifest, as Okteto's library does.
///
/// `${NAME-text}` is the text when NAME is not set, `${NAME:-text}` also when it is empty, `${NAME+text}` and
/// `${NAME:+text}` are the text when it is set; `=` is as `-` and sets nothing. The text ends at the first `}` and is
/// taken as it is, but may begin with one `$OTHER`. `$$` is `$`; a `$` before anything else stays.
package struct VariableExpander: Sendable {
    /// The longest result, in bytes: a long variable that is named often would fill the memory.
    static let limit = 16 << 20

    private let lookUp: @Sendable (String) -> String?

    /// Creates an expander over a function that returns a variable's value, nil when it is not set.
    package init(lookUp: @escaping @Sendable (String) -> String?) {
        self.lookUp = lookUp
    }

    /// Creates an expander over a set of variables.
    package init(_ variables: EnvironmentVariables) {
        lookUp = { variables[$0] }
    }

    /// Returns the text with its variables expanded; one that is not set becomes empty, which is no error.
    ///
    /// - Throws: ``ManifestModelError`` when a `${` is not closed on its line, or the result is over 16 MiB.
    package func expand(_ text: String) throws(ManifestModelError) -> String {
        try expand(text, shownAs: PrintableText.quoted(text))
    }

    /// Returns the expanded text; errors call it `shown`, because a text may hold secrets.
    func expand(_ text: String, shownAs shown: String) throws(ManifestModelError) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = String.UnicodeScalarView()
        var inserted = 0
        func insert(_ value: String) throws(ManifestModelError) {
            inserted += value.utf8.count
            guard inserted <= Self.limit else {
                throw ManifestModelError(
                    .expansion,
                    "cannot expand the variables of \(shown): the result is longer than 16 MiB"
                )
            }
            result.append(contentsOf: value.unicodeScalars)
        }
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            guard scalar == "$", index < scalars.endIndex else {
                result.append(scalar)
                continue
            }
            if scalars[index] == "$" {
                result.append("$")
                index = scalars.index(after: index)
            } else if scalars[index] == "{" {
                let rest = scalars[scalars.index(after: index)...]
                guard let end = rest.firstIndex(where: { $0 == "}" || $0 == "\n" || $0 == "\r" }), rest[end] == "}"
                else {
                    throw ManifestModelError(
                        .expansion,
                        "cannot expand the variables of \(shown): '${' is not closed: add '}', or write '$$' for '$'"
                    )
                }
                try insert(substitution(rest[..<end]))
                index = scalars.index(after: end)
            } else {
                let name = scalars[index...].prefix(while: Self.isNamePart)
                // `$_` is the shell's own and stays.
                if name.isEmpty || name.elementsEqual("_".unicodeScalars) {
                    result.append("$")
                } else {
                    try insert(lookUp(String(name)) ?? "")
                    index = name.endIndex
                }
            }
        }
        return String(result)
    }

    /// Returns the text with its variables expanded, or as it was when nothing is left of it.
    ///
    /// - Throws: ``ManifestModelError`` as ``expand(_:)`` does.
    package func expandIfNotEmpty(_ text: String) throws(ManifestModelError) -> String {
        let result = try expand(text)
        return result.isEmpty ? text : result
    }

    private func substitution(_ body: Substring.UnicodeScalarView) -> String {
        let name = body.prefix(while: Self.isNamePart)
        var rest = body[name.endIndex...]
        let value = name.isEmpty ? nil : lookUp(String(name))
        var orEmpty = false
        if rest.first == ":" {
            orEmpty = true
            rest.removeFirst()
        }
        let operation = rest.popFirst()
        guard let operation, !rest.isEmpty else { return value ?? "" }
        switch operation {
        case "-", "=": return value.flatMap { orEmpty && $0.isEmpty ? nil : $0 } ?? alternative(rest)
        case "+": return value == nil ? "" : alternative(rest)
        default: return value ?? ""
        }
    }

    /// Returns the text of a default, of which a leading `$NAME` is expanded.
    private func alternative(_ text: Substring.UnicodeScalarView) -> String {
        guard text.first == "$" else { return String(text) }
        let name = text.dropFirst().prefix(while: Self.isNamePart)
        guard !name.isEmpty else { return String(text) }
        return (lookUp(String(name)) ?? "") + String(text[name.endIndex...])
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }
}
