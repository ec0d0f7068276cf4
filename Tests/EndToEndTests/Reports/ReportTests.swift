import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Reports in files, of runs that end in every way.
@Suite(.timeLimit(.minutes(3))) struct ReportTests {
    private static let shell = ["OKTETO_RUN_ENGINE": "shell"]
    private static let all = ["--report", "junit=r.xml", "--report", "json=r.json", "--report", "html=r.html"]

    struct Report: Decodable {
        struct Phase: Decodable {
            let phase: String
            let result: String
            let commands: [Command]
        }
        struct Command: Decodable {
            let title: String
            let result: String
            let line: Int
            let output: [Piece]
        }
        struct Piece: Decodable { let stream: String?, text: String? }
        struct Message: Decodable { let level: String, text: String }
        let command: String
        let exitStatus: Int
        let phases: [Phase]
        let messages: [Message]
    }

    private func report(_ path: String) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: path)))
    }

    private static let manifest = """
        test:
          unit:
            commands:
            - name: build
              command: echo built; echo warned >&2
            - name: try
              command: |
                printf 'tried\\033[31m red\\033[0m\\n'
                exit 3
            - echo never
          late:
            depends_on: [unit]
            commands: [echo late]
          lint:
            commands: [echo linted]
        """

    @Test func `every kind is written, of a run that failed, and what was there is replaced`() async throws {
        let workspace = try Workspace(manifest: Self.manifest, files: ["r.json": "old"])
        let result = try await Program.run(["test"] + Self.all, in: workspace.path, environment: Self.shell)
        #expect(result.status == 3, "\(result.errors)")
        let report = try report(workspace.path + "/r.json")
        #expect(report.command == "test" && report.exitStatus == 3)
        let phases = Dictionary(uniqueKeysWithValues: report.phases.map { ($0.phase, $0) })
        #expect(phases.mapValues(\.result) == ["test/unit": "failed", "test/late": "skipped", "test/lint": "passed"])
        let unit = try #require(phases["test/unit"])
        #expect(
            unit.commands.map(\.result) == ["passed", "failed", "not run"] && unit.commands.map(\.line) == [4, 6, 10]
        )
        #expect(unit.commands[1].output.map(\.text) == ["tried red\n"])
        #expect(
            Set(unit.commands[0].output.map { "\($0.stream ?? ""): \($0.text ?? "")" }) == [
                "stdout: built\n", "stderr: warned\n",
            ]
        )
        let html = try String(contentsOfFile: workspace.path + "/r.html", encoding: .utf8)
        #expect(html.contains("tried<span class=\"f1\"> red</span>"))
        // The folder is the test's home too, where the program keeps how tests ended.
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.path).filter { $0 != ".local" }
        #expect(names.sorted() == ["okteto.yml", "r.html", "r.json", "r.xml"])
    }

    @Test func `deploy and destroy have them too, and the variable asks for them`() async throws {
        let workspace = try Workspace(manifest: "deploy: [echo out]\ndestroy: [exit 4]\n")
        let environment = Self.shell.merging(["OKTETO_RUN_REPORT": "json=a.json\njunit=a.xml"]) { $1 }
        let deploy = try await Program.run(
            ["deploy", "--report", "html=a.html"],
            in: workspace.path,
            environment: environment
        )
        #expect(deploy.status == 0, "\(deploy.errors)")
        #expect(try report(workspace.path + "/a.json").phases.map(\.phase) == ["deploy"])
        for name in ["a.xml", "a.html"] { #expect(FileManager.default.fileExists(atPath: workspace.path + "/" + name)) }
        let destroy = try await Program.run(["destroy"], in: workspace.path, environment: environment)
        #expect(destroy.status == 4)
        #expect(try report(workspace.path + "/a.json").command == "destroy")
    }

    @Test(arguments: [
        ("deploy: [", ["deploy"], Int32(65), "not valid"), ("deploy: [echo x]", ["deploy", "--var", "x"], 64, "x"),
        ("deploy: {image: busybox, commands: [echo x]}", ["deploy", "--engine", "docker"], 69, ""),
    ])
    func `a run that fails before its first command is reported`(
        manifest: String,
        arguments: [String],
        status: Int32,
        text: String
    ) async throws {
        let workspace = try Workspace(manifest: manifest)
        let result = try await Program.run(
            arguments + ["--report", "junit=r.xml", "--report", "json=r.json"],
            in: workspace.path,
            environment: ["DOCKER_HOST": "unix:///nonexistent"]
        )
        #expect(result.status == status, "\(result.errors)")
        let report = try report(workspace.path + "/r.json")
        #expect(report.exitStatus == Int(status))
        #expect(report.messages.contains { $0.level == "error" && $0.text.contains(text) })
        let junit = try String(contentsOfFile: workspace.path + "/r.xml", encoding: .utf8)
        #expect(junit.contains("errors=\"1\"") && junit.contains("<error "))
    }

    @Test func `a run that takes too long is reported, with the command that was ended`() async throws {
        let workspace = try Workspace(manifest: "test:\n  slow:\n    commands:\n    - echo begun; sleep 600\n")
        let result = try await Program.run(
            ["test", "--timeout", "2s"] + Self.all,
            in: workspace.path,
            environment: Self.shell
        )
        #expect(result.status == 124, "\(result.errors)")
        let report = try report(workspace.path + "/r.json")
        #expect(report.exitStatus == 124 && report.phases[0].commands[0].result == "cancelled")
        #expect(report.phases[0].commands[0].output.first?.text == "begun\n")
        #expect(try String(contentsOfFile: workspace.path + "/r.html", encoding: .utf8).contains("<title>Timed out"))
    }

    @Test(arguments: [Signal.terminate, .interrupt, .terminalClosed])
    func `a run that a signal ends is reported`(signal: Signal) async throws {
        let workspace = try Workspace(
            manifest:
                "test:\n  slow:\n    commands:\n    - echo begun; sleep 600\n  next:\n    depends_on: [slow]\n    commands: [echo next]\n"
        )
        let result = try await Program.run(
            ["test"] + Self.all,
            in: workspace.path,
            environment: Self.shell,
            sending: signal,
            after: "begun"
        )
        #expect(result.status == 128 + signal.rawValue)
        let report = try report(workspace.path + "/r.json")
        #expect(report.exitStatus == Int(128 + signal.rawValue))
        #expect(report.phases[0].commands[0].result == "cancelled")
        #expect(["skipped", "not run"].contains(report.phases[1].result))
        #expect(try String(contentsOfFile: workspace.path + "/r.html", encoding: .utf8).contains("<title>Interrupted"))
    }

    @Test func `a command's place is in the manifest that was found`() async throws {
        let workspace = try Workspace(manifest: "deploy: [exit 3]\n")
        try FileManager.default.createDirectory(atPath: workspace.path + "/.okteto", withIntermediateDirectories: false)
        try FileManager.default.moveItem(
            atPath: workspace.path + "/okteto.yml",
            toPath: workspace.path + "/.okteto/okteto.yml"
        )
        let result = try await Program.run(
            ["deploy", "--report", "junit=r.xml"],
            in: workspace.path,
            environment: Self.shell
        )
        #expect(result.status == 3 && result.errors.contains("(.okteto/okteto.yml:1:10)"), "\(result.errors)")
        let junit = try String(contentsOfFile: workspace.path + "/r.xml", encoding: .utf8)
        #expect(junit.contains("file=\".okteto/okteto.yml\" line=\"1\""))
    }

    @Test func `a folder that is missing is an error before anything runs`() async throws {
        let workspace = try Workspace(manifest: "deploy: [touch ran]")
        let result = try await Program.run(
            ["deploy", "--report", "html=out/r.html"],
            in: workspace.path,
            environment: Self.shell
        )
        #expect(result.status == 74)
        #expect(result.errors.contains("the html report out/r.html cannot be written: no such file or directory"))
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test(arguments: [(0, Int32(74)), (5, 5)])
    func `a report that cannot be written at the end fails a run that had succeeded`(
        own: Int,
        status: Int32
    ) async throws {
        let workspace = try Workspace(manifest: "deploy: ['rmdir out; exit \(own)']")
        try FileManager.default.createDirectory(atPath: workspace.path + "/out", withIntermediateDirectories: false)
        let result = try await Program.run(
            ["deploy", "--report", "junit=out/r.xml", "--report", "json=r.json"],
            in: workspace.path,
            environment: Self.shell
        )
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains("the junit report out/r.xml could not be written: no such file or directory"))
        #expect(try report(workspace.path + "/r.json").exitStatus == own)
    }

    @Test(arguments: ["022", "077", "027"])
    func `the mode is that of a new file`(mask: String) async throws {
        let workspace = try Workspace(manifest: "deploy: [echo x]", files: ["run": "umask \(mask); exec \"$@\"\n"])
        let result = try await Program.run(
            ["run", Program.path, "deploy", "--report", "json=r.json"],
            of: "/bin/sh",
            in: workspace.path,
            environment: Self.shell
        )
        #expect(result.status == 0, "\(result.errors)")
        let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path + "/r.json")
        let mode = try #require(
            attributes[.posixPermissions] as? UInt16 ?? (attributes[.posixPermissions] as? Int).map { UInt16($0) }
        )
        let masked = try #require(UInt16(mask, radix: 8))
        #expect(mode == 0o666 & ~masked)
    }

    @Test(arguments: ["junit", "xml=r.xml", "json="])
    func `what is no report is a wrong command line`(argument: String) async throws {
        let workspace = try Workspace(manifest: "deploy: [touch ran]")
        for (arguments, variables) in [(["--report", argument], [:]), ([], ["OKTETO_RUN_REPORT": argument])] {
            let result = try await Program.run(
                ["deploy"] + arguments,
                in: workspace.path,
                environment: Self.shell.merging(variables) { $1 }
            )
            #expect(result.status == 64 && result.errors.lowercased().contains("report"), "\(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `a dry run writes none`() async throws {
        let workspace = try Workspace(manifest: "deploy: [echo x]")
        let result = try await Program.run(
            ["deploy", "--dry-run"] + Self.all,
            in: workspace.path,
            environment: Self.shell
        )
        #expect(result.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path) == ["okteto.yml"])
    }

    @Test(.enabled(if: ReportReaders.areThere, "needs the lab's readers"))
    func `a JUnit file keeps to Jenkins' schema and says the same to others`() async throws {
        let workspace = try Workspace(
            manifest: Self.manifest + """

                  "h<&>.\\u202e":
                    commands:
                    - printf 'a\\000b\\033[1mc]]>\\342\\200\\250\\357\\277\\277\\n'; printf '<error>\\377\\n' >&2; kill -9 $$

                """
        )
        let result = try await Program.run(["test"] + Self.all, in: workspace.path, environment: Self.shell)
        #expect([3, 137].contains(result.status), "\(result.errors)")
        let suites = try await ReportReaders.suites(of: workspace.path + "/r.xml")
        let byName = Dictionary(uniqueKeysWithValues: suites.map { ($0.name, $0) })
        #expect(byName["unit"]?.cases.map(\.result) == ["passed", "failure", "skipped"])
        #expect(byName["unit"]?.cases.map(\.line) == [4, 6, 10])
        #expect(byName["unit"]?.cases[1].output == "tried red\n")
        #expect(byName["late"]?.cases.map(\.result) == ["skipped"] && byName["lint"]?.cases[0].output == "linted\n")
        let hostile = try #require(byName["h<&>.\\u{202E}"]).cases[0]
        #expect(hostile.className == "test.h<&>_\\u{202E}" && hostile.result == "failure")
        #expect(hostile.output == "a␀bc]]>\\u{2028}\u{FFFD}\n" && hostile.errors.hasPrefix("<error>\u{FFFD}\n"))
    }
}
