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

    /// What is typed: in `console` blocks the lines after `$ `, in `sh` blocks all.
    var script: String {
        guard language == "console" else { return text }
        return text.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { $0.dropFirst(2) + "\n" }.joined()
    }

    /// Whether a test runs its commands: it calls the program.
    var isRun: Bool {
        ["sh", "console"].contains(language)
            && script.split(separator: "\n").contains { $0.hasPrefix("okteto-run ") }
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
