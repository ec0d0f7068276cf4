internal import ProcessEnvironment

/// Takes the values of variables that are secret by their names out of what a program said.
enum SecretVariables {
    /// Shorter values would take words out of plain text.
    private static let minimumLength = 8

    /// Returns the text with `<redacted>` in place of such values.
    static func redact(_ text: String, _ environment: EnvironmentVariables) -> String {
        var result = text
        for name in environment.names where isSecret(name) {
            guard let value = environment[name], value.utf8.count >= minimumLength else { continue }
            result = result.replacing(value, with: Secret.redaction)
        }
        return result
    }

    private static func isSecret(_ name: String) -> Bool {
        let name = name.uppercased()
        return ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "_KEY", "APIKEY"].contains { name.contains($0) }
            && !name.hasSuffix("_FILE") && !name.hasSuffix("_URL") && !name.hasSuffix("_PATH")
    }
}
