import ManifestModel
import Testing
import YAMLSource

/// A manifest or an ignore file of a public repository.
struct PublishedManifest: Sendable, CustomTestStringConvertible {
    let file: String
    let isIgnoreFile: Bool
    /// Whether Okteto's schema takes it; nil for ignore files.
    let isSchemaValid: Bool?
    let testNames: [String]

    var testDescription: String { file }

    static var all: [PublishedManifest] {
        get throws {
            let text = try source("INDEX.tsv").bytes
            let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
            let header = try #require(rows.first)
            return try rows.dropFirst().map { row in
                func cell(_ name: String) throws -> String { row[try #require(header.firstIndex(of: name))] }
                let verdict = try cell("schema_valid")
                return PublishedManifest(
                    file: try cell("file"),
                    isIgnoreFile: try cell("kind") == "ignorefile",
                    isSchemaValid: verdict.isEmpty ? nil : verdict == "yes",
                    testNames: try cell("test_names").split(separator: ",").map(String.init)
                )
            }
        }
    }

    static func source(_ file: String) throws -> SourceText {
        let path = PathText.join(#filePath, "../Fixtures/manifests/\(file)")
        return try TextFile.read(path, shownAs: file, limit: 1 << 20)
    }
}
