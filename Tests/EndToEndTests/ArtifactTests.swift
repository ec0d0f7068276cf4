import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// What comes back from tests, in the local shell and from real engines.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ArtifactTests {
    private func environment(_ engine: LabEngine) -> [String: String] {
        ["DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "OKTETO_RUN_NETWORK": "host"]
    }

    private func manifest(_ command: String, artifacts: String, image: String = "busybox") -> String {
        "test:\n  t:\n    image: \(image)\n    commands: [\(JSONText.quote(command))]\n    artifacts: \(artifacts)\n"
    }

    private func text(_ workspace: borrowing Workspace, _ name: String) -> String? {
        try? String(contentsOfFile: workspace.path + "/" + name, encoding: .utf8)
    }

    @Test(arguments: Lab.engines)
    func `artifacts come back, renamed as they say, and nothing else does`(engine: LabEngine) async throws {
        let command = """
            mkdir -p out/deep; echo 1 > out/a; echo 2 > out/deep/b; echo 3 > report.xml; touch other
            printf 4 > "$(printf 'out/\\377')"; ln -s out link; chmod 4755 out/a; ln -s /etc/passwd out/away
            ln out/a out/deep/same; dd if=/dev/zero of=out/sparse bs=1 count=1 seek=9999999 2>/dev/null
            """
        let workspace = try Workspace(
            manifest: manifest(
                command,
                artifacts: "[out, link, nosuch, {path: report.xml, destination: reports/r.xml}]"
            ),
            files: ["report.xml": "the user's own"]
        )
        let result = try await Program.run(["test"], in: workspace.path, environment: environment(engine))
        #expect(result.status == 0, "\(result.errors)")
        #expect(text(workspace, "out/a") == "1\n" && text(workspace, "out/deep/b") == "2\n")
        #expect(text(workspace, "out/deep/same") == "1\n" && text(workspace, "link/deep/b") == "2\n")
        #expect(text(workspace, "reports/r.xml") == "3\n" && text(workspace, "report.xml") == "the user's own")
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/other"))
        #expect(result.errors.contains("the artifact 'nosuch' of test 't' does not exist"))
        #expect(result.errors.contains("'out/away' is a link that leads out of the artifact"))
        let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path + "/out/a")
        #expect(attributes[.posixPermissions] as? Int == 0o755)
        let sparse = try FileManager.default.attributesOfItem(atPath: workspace.path + "/out/sparse")
        #expect(sparse[.size] as? Int == 10_000_000)
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/out").count == 4)
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `artifacts come back when a command fails, takes too long or is ended`(engine: LabEngine) async throws {
        for (command, arguments, signal, status) in [
            ("echo x > a; echo ready; exit 7", [], nil, 7),
            ("echo x > a; echo ready; sleep 100", ["--timeout", "3s"], nil, 124),
            ("echo x > a; echo ready; sleep 100", [], .terminate, 143),
            ("trap 'echo x > a; exit 1' TERM; echo ready; sleep 100 & wait", [], .interrupt, 130),
        ] as [(String, [String], Signal?, Int32)] {
            let workspace = try Workspace(manifest: manifest(command, artifacts: "[a]"))
            let result = try await Program.run(
                ["test"] + arguments,
                in: workspace.path,
                environment: environment(engine),
                sending: signal,
                after: "ready"
            )
            #expect(result.status == status)
            #expect(text(workspace, "a") == "x\n", "\(command)")
            #expect(try await engine.hasNoContainers())
        }
    }

    @Test(arguments: Lab.engines)
    func `a container that ended itself takes its artifacts along, which is said`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: manifest("echo x > a; kill -9 -1", artifacts: "[a]"))
        let result = try await Program.run(["test"], in: workspace.path, environment: environment(engine))
        #expect(result.status != 0)
        #expect(text(workspace, "a") == nil)
        #expect(result.errors.contains("the artifact 'a' of test 't' was not brought"), "\(result.errors)")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `nothing is written through a link of the user's, and the status says so`(engine: LabEngine) async throws {
        let elsewhere = try Workspace(manifest: "")
        let manifest = manifest("mkdir r; touch r/evil", artifacts: "[{path: r, destination: out}]")
        let workspace = try Workspace(manifest: manifest)
        try FileManager.default.createSymbolicLink(
            atPath: workspace.path + "/out",
            withDestinationPath: elsewhere.path
        )
        let result = try await Program.run(["test"], in: workspace.path, environment: environment(engine))
        #expect(result.status == 74, "\(result.errors)")
        #expect(result.errors.contains("'out'"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path) == ["okteto.yml"])
        #expect(try await engine.hasNoContainers())
    }

    @Test func `in the local shell an artifact is there already, and is copied where it goes elsewhere`() async throws {
        let workspace = try Workspace(
            manifest: manifest(
                "mkdir -p out; echo 1 > out/a; exit 3",
                artifacts: "[out, none, {path: out/a, destination: copies/}, {path: out, destination: out/again}]"
            )
        )
        let result = try await Program.run(["test", "--engine", "shell"], in: workspace.path)
        #expect(result.status == 3)
        #expect(text(workspace, "copies/a") == "1\n" && text(workspace, "out/again/a") == "1\n")
        #expect(result.errors.contains("the artifact 'none' of test 't' does not exist"))
        #expect(!result.errors.contains("out/again/again"))
    }

    @Test func `a file that cannot be written whole is an I/O error, and no part of it stays`() async throws {
        let workspace = try Workspace(manifest: manifest("true", artifacts: "[{path: big, destination: d/big}]"))
        // The limit makes writes fail as a full disk does; 2,000 blocks of 1,024 bytes for okteto-run alone.
        let script = "dd if=/dev/zero of=big bs=1M count=3 2>/dev/null; trap '' XFSZ; ulimit -f 2000; exec \"$0\" test"
        let result = try await Subprocess.run(
            .name("bash"),
            arguments: ["-c", script, Program.path],
            environment: .inherit.updating(["OKTETO_RUN_ENGINE": "shell"]),
            workingDirectory: FilePath(workspace.path),
            output: .discarded,
            error: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus == .exited(74), "\(result.standardError)")
        #expect(result.standardError.contains("'d/big'"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/d") == [])
    }

    @Test func `a destination outside of the test's folder is refused before anything runs`() async throws {
        let workspace = try Workspace(manifest: manifest("echo ran", artifacts: "[{path: a, destination: ../b}]"))
        let result = try await Program.run(["test", "--engine", "shell"], in: workspace.path)
        #expect(result.status == 65)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("okteto.yml:5: the artifact's destination"), "\(result.errors)")
    }
}

/// Text as a YAML flow scalar.
enum JSONText {
    static func quote(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
