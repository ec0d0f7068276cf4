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

    static var all: [OktetoCase] {
        get throws {
            let path = PathText.join(#filePath, "../Fixtures/okteto-cases.json")
            let file = try TextFile.read(path, shownAs: path, limit: 1 << 20)
            return try JSONDecoder().decode([OktetoCase].self, from: Data(file.bytes))
        }
    }

    /// The manifest; the inside of a section is put into its section.
    var text: String {
        get throws {
            let text = manifest ?? ""
            guard kind == "parser", field != "manifest" else { return text }
            switch source {
            case "pkg/model/serializer_test.go": return "build:\n" + indented(text, by: 2)
            case "pkg/externalresource/serializer_test.go": return "external:\n  x:\n" + indented(text, by: 4)
            case "pkg/deps/deps_test.go": return "dependencies:\n" + indented(text, by: 2)
            default:
                Issue.record("what is this case the inside of: \(source)?")
                return text
            }
        }
    }

    private func indented(_ text: String, by width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(repeating: " ", count: width) + $0 }
            .joined(separator: "\n")
    }
}
