import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The table of SECURITY.md is the suite's own list.
@Suite struct AttackTableTests {
    private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent()
        .removingLastComponent()

    @Test func `SECURITY md lists every attack of the suite, and nothing else`() async throws {
        let listed = try await Subprocess.run(
            .path(Self.root.appending("scripts/attack")),
            arguments: ["--table"],
            output: .string(limit: 1 << 20),
            error: .discarded
        ).standardOutput
        #expect(listed.split(separator: "\n").count > 30)
        let text = try String(contentsOfFile: Self.root.appending("SECURITY.md").string, encoding: .utf8)
        let table = "<!-- scripts/attack --table -->\n" + listed + "<!-- end -->\n"
        #expect(text.contains(table), "the table is not as `scripts/attack --table` prints it")
    }
}
