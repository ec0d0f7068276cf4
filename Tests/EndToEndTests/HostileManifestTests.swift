import FoundationEssentials
import Testing

/// Manifests that nobody writes by accident: refused with 65 in bounded time, and nothing runs.
@Suite(.timeLimit(.minutes(2))) struct HostileManifestTests {
    /// Each would run a command if what is wrong with it were passed over.
    static let manifests: [(String, [UInt8])] = {
        let commands = "deploy:\n- touch ran\n"
        let laughs =
            "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + (1..<10).map { level in
                "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                    + "]\n"
            }.joined()
        let nodes = "forward:\n" + String(repeating: "- x\n", count: 100_001)
        return [
            ("deep flow", Array((commands + "x: " + String(repeating: "[", count: 100_000)).utf8)),
            ("deep blocks", Array((commands + "x: " + String(repeating: "- ", count: 50_000) + "y\n").utf8)),
            ("many nodes", Array((commands + nodes).utf8)), ("alias bomb", Array((commands + laughs).utf8)),
            ("alias of itself", Array((commands + "x: &a [*a]\n").utf8)),
            ("more than 1 MiB", Array((commands + "#" + String(repeating: "x", count: 1 << 20)).utf8)),
            ("NUL", Array((commands + "# \u{0}\n").utf8)), ("escape", Array((commands + "# \u{1B}[2J\n").utf8)),
            ("invalid UTF-8", Array((commands + "x: ").utf8) + [0xC3, 0x28, 0x0A]),
            ("overlong UTF-8", Array((commands + "x: ").utf8) + [0xC0, 0xAF, 0x0A]),
            ("UTF-16, little end first", [0xFF, 0xFE] + commands.utf16.flatMap { [UInt8($0), 0] }),
            ("UTF-16, big end first", [0xFE, 0xFF] + commands.utf16.flatMap { [0, UInt8($0)] }),
            ("UTF-16 without a mark", commands.utf16.flatMap { [UInt8($0), 0] }),
            ("many directives", Array(((0..<2000).map { "%TAG !\($0)! b\n" }.joined() + "---\n" + commands).utf8)),
            ("the same key twice", Array((commands + commands).utf8)), ("empty", []),
        ]
    }()

    @Test(arguments: manifests.map(\.0))
    func `it is refused as invalid, and nothing runs`(name: String) async throws {
        let bytes = try #require(Self.manifests.first { $0.0 == name }).1
        let workspace = try Workspace(manifest: "")
        try Data(bytes).write(to: URL(filePath: workspace.path + "/okteto.yml"))
        for command in ["deploy", "validate"] {
            let result = try await Program.run([command], in: workspace.path)
            #expect(result.status == 65, "\(result.errors.prefix(500))")
            #expect(result.output.isEmpty)
            #expect(result.errors.lowercased().contains("error"))
            #expect(result.errors.utf8.count < 50_000)
            #expect(!result.errors.utf8.contains(0x1B) && !result.errors.utf8.contains(0))
        }
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `a byte order mark of UTF-8 is no fault`() async throws {
        let workspace = try Workspace(manifest: "\u{FEFF}deploy:\n- echo ran\n")
        #expect(try await Program.run(["deploy"], in: workspace.path).output == "ran\n")
    }

    @Test func `a pipe in the manifest's place is refused at once`() async throws {
        let workspace = try Workspace(manifest: "")
        let result = try await Program.run(["validate", "-f", "/dev/zero"], in: workspace.path)
        #expect([65, 66, 74].contains(result.status), "\(result.errors)")
        #expect(result.errors.contains("no regular file"))
    }
}
