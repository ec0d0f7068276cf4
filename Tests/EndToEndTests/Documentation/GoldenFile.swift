import FoundationEssentials
import Testing

/// A text that is compared with one on record.
///
/// With RECORD_GOLDEN=1 it is recorded anew, and the test fails once, so that nobody takes the recording for a check.
struct GoldenFile {
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    private static var folder: String {
        #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Golden"
    }

    /// The names of all recorded files.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let path = Self.folder + "/" + name
        if EnvironmentVariable.value("RECORD_GOLDEN") == "1" {
            try Data(text.utf8).write(to: URL(filePath: path))
            Issue.record("\(name) is recorded: look at it, and run again", sourceLocation: sourceLocation)
            return
        }
        let recorded = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        #expect(text == recorded, "\(name); RECORD_GOLDEN=1 records it anew", sourceLocation: sourceLocation)
    }
}
