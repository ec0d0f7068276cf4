import FoundationEssentials
import Testing

/// Tests that are passed over because nothing has changed, at real engines.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SkippingTests {
    private static let manifest = """
        test:
          unit:
            image: busybox
            context: app
            skipIfNoFileChanges: true
            artifacts: [report.txt]
            commands: [echo "ran $MODE", date > report.txt, test ! -e fail]
          after:
            image: busybox
            context: app
            depends_on: [unit]
            skipIfNoFileChanges: true
            commands: [echo after]
        """

    private func write(_ workspace: borrowing Workspace, _ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: workspace.path + "/app", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: workspace.path + "/app/" + name))
    }

    private func run(
        _ arguments: String...,
        in workspace: borrowing Workspace,
        state: borrowing Workspace,
        _ engine: LabEngine
    ) async throws -> Program.Result {
        try await Program.run(
            ["test"] + arguments,
            in: workspace.path,
            environment: [
                "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name,
                "OKTETO_RUN_NETWORK": "host",
                "XDG_STATE_HOME": state.path,
            ]
        )
    }

    @Test(arguments: Lab.engines)
    func `a test is passed over until something changes, which is named`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        let state = try Workspace(manifest: "")
        try write(workspace, "a.c", "1")
        try write(workspace, ".oktetoignore", "*.log\nreport.txt")
        var result = try await run(in: workspace, state: state, engine)
        #expect(result.status == 0 && result.output == "ran \nafter\n", "\(result.errors)")
        #expect(result.errors.contains("test 'unit' runs: it has not succeeded here yet"))
        result = try await run(in: workspace, state: state, engine)
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(result.errors.contains("test 'unit' is skipped: nothing has changed since it succeeded on 20"))
        #expect(result.errors.contains("all 2 succeeded"))
        try write(workspace, "x.log", "ignored")
        try write(workspace, "a.c", "2")
        try write(workspace, "b.c", "2")
        result = try await run(in: workspace, state: state, engine)
        #expect(result.output == "ran \nafter\n")
        #expect(
            result.errors.contains("test 'unit' runs: a.c and 1 other file changed since its last success on 20"),
            "\(result.errors)"
        )
        result = try await run("--var", "MODE=fast", "unit", in: workspace, state: state, engine)
        #expect(result.output == "ran fast\n" && result.errors.contains("runs: the variable MODE changed"))
        result = try await run("--no-cache", "--var", "MODE=fast", in: workspace, state: state, engine)
        #expect(result.output == "ran fast\nafter\n" && !result.errors.contains(" runs: "))
        // The artifact counts, ignored or not: without it there is something to bring.
        try FileManager.default.removeItem(atPath: workspace.path + "/app/report.txt")
        result = try await run("--var", "MODE=fast", in: workspace, state: state, engine)
        #expect(result.output == "ran fast\n", "\(result.errors)")
        #expect(result.errors.contains("runs: its artifact report.txt is gone since its last success"))
        // Its dependency ran; by itself that makes no difference, as in Okteto.
        #expect(result.errors.contains("test 'after' is skipped"))
    }

    @Test(arguments: Lab.engines)
    func `a test is never passed over after a failure, even when the files are back`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        let state = try Workspace(manifest: "")
        try write(workspace, "a.c", "1")
        #expect(try await run("unit", in: workspace, state: state, engine).status == 0)
        try write(workspace, "fail", "")
        for _ in 0..<2 {
            let result = try await run("unit", in: workspace, state: state, engine)
            #expect(result.status == 1 && result.output == "ran \n", "\(result.errors)")
        }
        try FileManager.default.removeItem(atPath: workspace.path + "/app/fail")
        var result = try await run("unit", in: workspace, state: state, engine)
        #expect(result.status == 0 && result.errors.contains("runs: it failed after its success"), "\(result.errors)")
        result = try await run("unit", in: workspace, state: state, engine)
        #expect(result.output.isEmpty && result.status == 0)
    }

    @Test(arguments: Lab.engines)
    func `a folder that is mounted counts whole, and what commands write into it makes a difference`(
        engine: LabEngine
    ) async throws {
        let manifest = """
            test:
              t:
                image: busybox
                context: app
                skipIfNoFileChanges: true
                commands: [echo ran, echo built > built]
            """
        let workspace = try Workspace(manifest: manifest)
        let state = try Workspace(manifest: "")
        try write(workspace, "a.c", "1")
        let run = { () async throws -> Program.Result in
            try await self.run("--workspace", "mount", in: workspace, state: state, engine)
        }
        #expect(try await run().errors.contains("test 't' will run again"))
        #expect(try await run().output == "ran\n")
        #expect(try await run().output.isEmpty)
    }

    @Test(arguments: Lab.engines)
    func `what is kept is the user's alone, and has no values in it`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        let state = try Workspace(manifest: "")
        try write(workspace, "a.c", "content-of-a-file")
        let result = try await run("--var", "MODE=hunter2-hunter2", "unit", in: workspace, state: state, engine)
        #expect(result.status == 0)
        let folder = state.path + "/okteto-run"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.contains("key") && names.contains { $0.hasPrefix("success-") })
        #expect(try permissions(folder) == 0o700)
        for name in names {
            #expect(try permissions(folder + "/" + name) == 0o600)
            let bytes = try #require(FileManager.default.contents(atPath: folder + "/" + name))
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("hunter2") && !text.contains("content-of-a-file"))
        }
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
