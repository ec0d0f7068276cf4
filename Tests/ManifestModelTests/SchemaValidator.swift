import CredentialInjector
import FoundationEssentials
import ManifestModel
import Subprocess
import SystemPackage
import Testing

@testable import ManifestRunner

/// A real validator of JSON Schema, of the packages that `Lab/install schema` installs.
enum SchemaValidator {
    private static var script: String { PathText.join(#filePath, "../../../Lab/json-schema") }

    /// Whether it is there.
    static func isInstalled() async -> Bool {
        let result = try? await Subprocess.run(
            .path("/usr/bin/python3"),
            arguments: ["-c", "import jsonschema, yaml"],
            output: .discarded,
            error: .discarded
        )
        return result?.terminationStatus.isSuccess == true
    }

    /// Returns for each text whether the schema of `okteto-run schema` takes it; nil for what is no YAML.
    static func verdicts(on texts: [String]) async throws -> [Bool?] {
        let input = JSONValue.object([
            "schema": ManifestSchema.document, "texts": .array(texts.map { .string($0) }),
        ])
        let result = try await Subprocess.run(
            .path(FilePath(script)),
            arguments: [],
            input: .string(input.compact),
            output: .bytes(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        return try JSONDecoder().decode([Bool?].self, from: Data(result.standardOutput))
    }
}
