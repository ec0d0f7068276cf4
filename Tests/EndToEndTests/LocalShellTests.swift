import FoundationEssentials
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(2))) struct LocalShellTests {
    @Test(arguments: [("exit 3", 3), ("nosuchcommand", 127), ("kill -9 $$", 137), ("true", 0)])
    func `the exit status is the command's own`(command: String, status: Int32) async throws {
        let workspace = try Workspace(manifest: "deploy:\n- \(command)\n")
        let result = try await Program.run(["deploy"], in: workspace.path)
        #expect(result.status == status, "\(result.errors)")
    }

    @Test func `standard output is the commands' own`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo one\n- echo two >&2; printf three\n")
        let result = try await Program.run(["deploy"], in: workspace.path)
        #expect(result.output == "one\nthree")
        #expect(result.errors.contains("two\n"))
    }

    @Test func `the first failing command ends the phase, and is named with its place`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- exit 5\n- echo never\n")
        let result = try await Program.run(["deploy"], in: workspace.path)
        #expect(result.status == 5)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("okteto.yml:2:3"))
    }

    @Test func `destroy goes on after a failure when it is told to, and still fails`() async throws {
        let workspace = try Workspace(manifest: "destroy:\n- exit 5\n- echo after\n")
        let result = try await Program.run(["destroy", "--force-destroy"], in: workspace.path)
        #expect(result.status == 5)
        #expect(result.output == "after\n")
    }

    @Test func `what a command writes to OKTETO_ENV is there for the later ones, in all three phases`() async throws {
        let commands = "- echo 'A=\"1 2\"' >> $OKTETO_ENV; echo bad line >> $OKTETO_ENV\n- echo \"[$A]\"\n"
        let workspace = try Workspace(
            manifest: "deploy:\n\(commands)destroy:\n\(commands)test:\n  t:\n    commands:\n"
                + commands.split(separator: "\n").map { "    \($0)\n" }.joined()
        )
        for phase in ["deploy", "test", "destroy"] {
            let result = try await Program.run([phase, "--engine", "shell"], in: workspace.path)
            #expect(result.output == "[1 2]\n", "\(phase): \(result.errors)")
            #expect(result.errors.contains("$OKTETO_ENV:2"))
        }
    }

    @Test func `tests run in the order of what they depend on, and named ones with it`() async throws {
        let workspace = try Workspace(
            manifest: """
                test:
                  c: {commands: [echo c], depends_on: [a]}
                  b: {commands: [echo b]}
                  a: {commands: ['echo a $OKTETO_NAME $CI']}
                """
        )
        #expect(try await Program.run(["test", "--engine", "shell"], in: workspace.path).output == "a a true\nb\nc\n")
        #expect(
            try await Program.run(["test", "c", "--engine", "shell"], in: workspace.path).output == "a a true\nc\n"
        )
        let unknown = try await Program.run(["test", "d", "--engine", "shell"], in: workspace.path)
        #expect(unknown.status == 64)
    }

    @Test func `a manifest with errors shows them all and runs nothing`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n  comands:\n  - echo ran\ntest:\n  a: {}\n")
        let result = try await Program.run(["deploy"], in: workspace.path)
        #expect(result.status == 65)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("okteto.yml:2:3: error: "))
        #expect(result.errors.contains("commands"))
        #expect(result.errors.contains("okteto.yml:5:3: error: "))
    }

    @Test func `no manifest is told apart from a bad one`() async throws {
        let workspace = try Workspace(manifest: "")
        #expect(try await Program.run(["deploy", "-f", "nosuch.yml"], in: workspace.path).status == 66)
        #expect(try await Program.run(["validate"], in: workspace.path).status == 65)
    }

    @Test func `a dry run runs nothing and shows no value`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- touch ran\n")
        let result = try await Program.run(
            ["deploy", "--dry-run", "--var", "TOKEN=hunter2hunter2"],
            in: workspace.path
        )
        #expect(result.status == 0)
        #expect(result.output.contains("touch ran"))
        #expect(result.output.contains("TOKEN"))
        #expect(!(result.output + result.errors).contains("hunter2"))
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `values of --var are masked in the output`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo \"$TOKEN\"; printf %s \"$TOKEN\" | base64\n")
        let result = try await Program.run(["deploy", "-v", "TOKEN=hunter2hunter2"], in: workspace.path)
        #expect(result.output.hasPrefix("***\n"))
        #expect(!result.output.contains("aHVudGVyMmh1bnRlcj"))
    }

    @Test func `json output is one object a line, the commands' lines included`() async throws {
        struct Line: Decodable {
            let level: String
            let stage: String
            let message: String
            let timestamp: Int
        }
        let workspace = try Workspace(manifest: "deploy:\n- echo '\"quoted\"'; exit 3\n")
        let result = try await Program.run(["deploy", "--log-output", "json"], in: workspace.path)
        #expect(result.status == 3)
        #expect(result.errors.isEmpty)
        let lines = try result.output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        }
        #expect(lines.contains { $0.message == "\"quoted\"" && $0.level == "info" })
        #expect(lines.contains { $0.level == "error" })
    }

    @Test func `a phase that takes too long is ended, with the status of timeout`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- sleep 60\n")
        let start = ContinuousClock.now
        let result = try await Program.run(["deploy", "--timeout", "1s"], in: workspace.path)
        #expect(result.status == 124, "\(result.errors)")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(arguments: [("sleep 60", 143), ("trap '' TERM; sleep 60", 143), ("kill -9 0", 0), ("echo done", 0)])
    func `no file and no process stays, however the run ends`(command: String, status: Int32) async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo ready\n- echo A=1 >> $OKTETO_ENV; \(command)\n")
        let temporary = workspace.path + "/tmp"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let result = try await Program.run(
            ["deploy"],
            in: workspace.path,
            environment: ["TMPDIR": temporary],
            sending: status == 143 ? .terminate : nil,
            after: "ready"
        )
        if status != 0 { #expect(result.status == status) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
    }

    @Test func `a command ends with okteto-run, even when that is killed`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo $$ > pid; echo ready; trap '' TERM HUP; sleep 987\n")
        let temporary = workspace.path + "/tmp"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        _ = try await Program.run(
            ["deploy"],
            in: workspace.path,
            environment: ["TMPDIR": temporary],
            sending: .kill,
            after: "ready"
        )
        let pid = try String(contentsOfFile: workspace.path + "/pid", encoding: .utf8).trimmed
        var isGone = false
        for _ in 0..<50 where !isGone {
            try await Task.sleep(for: .milliseconds(100))
            let state = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            isGone = state == nil || state?.contains(") Z ") == true
        }
        #expect(isGone)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
    }
}
