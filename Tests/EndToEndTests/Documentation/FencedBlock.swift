import FoundationEssentials
import Testing

/// A fenced block of one of the repository's documents.
struct FencedBlock: Sendable, CustomTestStringConvertible {
    /// The document, from the repository's root.
    let document: String
    /// The line of the opening fence, counted from 1.
    let line: Int
    /// The word after the opening fence; empty where there is none.
    let language: String
    let text: String
    /// The line before the fence, where documents put a mark: `<!-- invalid -->` above a manifest that is refused.
    let mark: String

    var testDescription: String { "\(document):\(line)" }

    /// What is typed: in `console` blocks the lines after `$ ` and those that go on with one, in `sh` blocks all.
    var script: String {
        guard language == "console" else { return text }
        var script = ""
        var goesOn = false
        for line in text.split(separator: "\n") where goesOn || line.hasPrefix("$ ") {
            script += (goesOn ? line : line.dropFirst(2)) + "\n"
            goesOn = line.hasSuffix("\\")
        }
        return script
    }

    /// Whether ``DocumentedCommands`` runs its commands: it calls the program, but neither to change somebody's account
    /// nor for a schema, which has nothing to do with a role.
    var isRun: Bool {
        let lines = script.split(separator: "\n")
        return ["sh", "console"].contains(language) && lines.contains { $0.hasPrefix("okteto-run ") }
            && !lines.contains { line in
                ["aws setup", "aws teardown", "schema", "--generate-completion-script"].contains {
                    line.hasPrefix("okteto-run " + $0)
                }
            }
    }

    static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }

    /// The documents that users and developers read.
    static func documents() throws -> [String] {
        let files = FileManager.default
        let folders = ["", "docs/", "docs/design/", "docs/tokens/", "Lab/", "Benchmarks/", "examples/"]
        return try folders.flatMap { folder in
            try files.contentsOfDirectory(atPath: root + "/" + folder).filter { $0.hasSuffix(".md") }.map {
                folder + $0
            }
        }.sorted()
    }

    static func text(of document: String) throws -> String {
        try String(contentsOfFile: root + "/" + document, encoding: .utf8)
    }

    /// All blocks of all documents.
    static let all: [FencedBlock] = {
        (try? documents().flatMap { try blocks(in: text(of: $0), of: $0) }) ?? []
    }()

    private static func blocks(in text: String, of document: String) -> [FencedBlock] {
        var blocks: [FencedBlock] = []
        var open: (line: Int, language: String, mark: String, lines: [Substring])?
        var previous: Substring = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(
                        FencedBlock(
                            document: document,
                            line: block.line,
                            language: block.language,
                            text: block.lines.map { $0 + "\n" }.joined(),
                            mark: block.mark
                        )
                    )
                    open = nil
                } else {
                    open = (index + 1, String(line.dropFirst(3)), String(previous), [])
                }
            } else {
                open?.lines.append(line)
            }
            previous = line
        }
        return blocks
    }
}
