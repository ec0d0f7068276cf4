import FoundationEssentials
import Subprocess
import Testing

/// `test --failed`, in the local shell.
@Suite(.timeLimit(.minutes(3))) struct FailedTestsTests {
    private static let manifest = """
        test:
          good:
            commands: [echo good]
          bad:
            depends_on: [good]
            commands: [echo bad, test ! -e broken]
          after:
            depends_on: [bad]
            commands: [echo after]
          alone:
            commands: [echo alone]
        """

    private func run(_ arguments: String..., in workspace: borrowing Workspace) async throws -> Program.Result {
        try await Program.run(["test", "--engine", "shell"] + arguments, in: workspace.path)
    }

    private func lines(_ result: Program.Result) -> [String] {
        result.output.split(separator: "\n").map(String.init).sorted()
    }

    @Test func `what failed, and what was skipped for it, runs again with what it depends on`() async throws {
        let workspace = try Workspace(manifest: Self.manifest, files: ["broken": ""])
        var result = try await run("--failed", in: workspace)
        #expect(result.status == 64)
        #expect(result.errors.contains("no earlier run of the tests"), "\(result.errors)")
        #expect(result.errors.contains("okteto-run test"))
        result = try await run(in: workspace)
        #expect(result.status == 1)
        result = try await run("--failed", in: workspace)
        #expect(result.status == 1 && lines(result) == ["bad", "good"], "\(result.errors)")
        #expect(result.errors.contains("running again what did not succeed last time: 'bad', 'after'"))
        try FileManager.default.removeItem(atPath: workspace.path + "/broken")
        result = try await run("bad", in: workspace)
        #expect(result.status == 0)
        result = try await run("--failed", in: workspace)
        #expect(result.status == 0 && lines(result) == ["after", "bad", "good"], "\(result.errors)")
        result = try await run("--failed", in: workspace)
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("no test failed last time: there is nothing to run again"))
    }

    @Test func `what a signal ended runs again, too`() async throws {
        let workspace = try Workspace(
            manifest:
                "test:\n  t:\n    commands: [echo ready; sleep 100]\n  u:\n    depends_on: [t]\n    commands: [echo u]\n"
        )
        let ended = try await Program.run(
            ["test", "--engine", "shell"],
            in: workspace.path,
            sending: .interrupt,
            after: "ready"
        )
        #expect(ended.status == 130)
        let result = try await run("--failed", "--dry-run", in: workspace)
        #expect(result.status == 0 && result.output.contains("test 't'") && result.output.contains("test 'u'"))
    }

    @Test(arguments: [["--failed", "bad"], ["--watch", "--dry-run"], ["--watch", "--failed"]])
    func `options that do not go together are a wrong command line`(arguments: [String]) async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        #expect(try await Program.run(["test"] + arguments, in: workspace.path).status == 64)
    }
}
