/// `--var NAME=VALUE`.
package struct VariableAssignment: Sendable, Hashable {
    /// Why an assignment is none.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// The name.
    package let name: String
    /// The value; it may be a secret, so nothing shows it.
    package let value: String

    /// Creates an assignment from `NAME=VALUE`, cut at the first `=`.
    ///
    /// - Throws: ``Failure`` when there is no `=`, no name, or the name is one that Okteto reserves.
    package init(_ text: String) throws(Failure) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            // The text may be a secret that somebody gave without its name: only its length is said.
            throw Failure(description: "invalid variable of \(text.count) characters: it must follow KEY=VALUE format")
        }
        name = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
        let reserved = ["OKTETO_CONTEXT", "OKTETO_NAMESPACE", "OKTETO_URL", "OKTETO_TOKEN"]
        guard !reserved.contains(name.uppercased()) else {
            throw Failure(description: "\(name) is reserved variable name.")
        }
    }
}
