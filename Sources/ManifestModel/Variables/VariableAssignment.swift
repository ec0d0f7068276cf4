package import ProcessEnvironment
internal import YAMLSource

/// A variable that a `--var NAME=VALUE` sets.
package struct VariableAssignment: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The value; it may be a secret, and empty.
    package let value: Secret

    /// The names that can't be set, in upper case.
    private static let reserved: Set<String> = ["OKTETO_CONTEXT", "OKTETO_NAMESPACE", "OKTETO_URL", "OKTETO_TOKEN"]

    /// Creates an assignment of an argument, split at its first `=`.
    ///
    /// - Throws: ``ManifestModelError`` when there is no `=` or no name, or the name is reserved in any case.
    package init(argument: String) throws(ManifestModelError) {
        guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            throw ManifestModelError(
                .invalidVariable,
                "invalid variable value \(PrintableText.quoted(argument)): must follow KEY=VALUE format"
            )
        }
        let name = String(argument[..<equals])
        guard !name.isEmpty, !name.utf8.contains(0) else {
            throw ManifestModelError(.invalidVariable, "invalid variable: there is no name before '=': write KEY=VALUE")
        }
        guard !Self.reserved.contains(name.uppercased()) else {
            throw ManifestModelError(
                .reservedVariable,
                "\(PrintableText.escaped(name)) is a reserved variable name: choose another for --var"
            )
        }
        self.name = name
        value = Secret(String(argument[argument.utf8.index(after: equals)...]))
    }
}
