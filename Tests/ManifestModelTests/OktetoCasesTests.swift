import FoundationEssentials
import ManifestModel
import Testing
import YAMLSource

/// One of Okteto's own test cases.
struct OktetoCase: Decodable, Sendable, CustomTestStringConvertible {
    let kind: String
    let source: String
    let name: String
    let manifest: String?
    let field: String?
    let expectError: Bool

    enum CodingKeys: String, CodingKey {
        case kind
        case source
        case name
        case manifest
        case field
        case expectError = "expect_error"
    }

    var testDescription: String { "\(source): \(name)" }

    /// The whole manifests; other cases are of one section's inside.
    static var manifests: [OktetoCase] {
        get throws {
            let path = PathText.join(#filePath, "../Fixtures/okteto-cases.json")
            let file = try TextFile.read(path, shownAs: path, limit: 1 << 20)
            return try JSONDecoder().decode([OktetoCase].self, from: Data(file.bytes))
                .filter { $0.kind != "parser" || $0.field == "manifest" }
        }
    }
}

@Suite struct OktetoCasesTests {
    /// Cases that hinge on the inside of `dev`, `dependencies` and `forward`, which are not decoded.
    private static let undecoded = [
        "pkg/schema/dev_test.go", "pkg/schema/dependencies_test.go", "pkg/schema/forward_test.go",
    ]

    @Test(arguments: try OktetoCase.manifests)
    func `the verdict is Okteto's`(oktetoCase: OktetoCase) throws {
        let isUndecoded = Self.undecoded.contains(oktetoCase.source) || oktetoCase.name == "invalid-dev.yml"
        if oktetoCase.expectError, isUndecoded { return }
        #expect(load(oktetoCase.manifest ?? "").diagnostics.hasErrors == oktetoCase.expectError)
    }
}
