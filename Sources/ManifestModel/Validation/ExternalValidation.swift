internal import YAMLSource

/// Checks what external resources say beyond their shape.
enum ExternalValidation {
    /// Returns an error for every endpoint that has the name of another one of its resource.
    static func findings(in resources: [ExternalResource]) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for resource in resources {
            var names: Set<String> = []
            for endpoint in resource.endpoints where !names.insert(endpoint.name.value).inserted {
                let name = PrintableText.quoted(resource.name.value)
                result.append(
                    Diagnostic(
                        .error,
                        "the external resource \(name) has two endpoints named "
                            + PrintableText.quoted(endpoint.name.value),
                        at: endpoint.name.mark,
                        help: "give each its own name",
                        rule: .duplicateName
                    )
                )
            }
        }
        return result
    }
}
