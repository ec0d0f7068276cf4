import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// `test --watch`: each test waits for what the program says, and never for a time.
@Suite(.serialized, .timeLimit(.minutes(5))) struct WatchTests {
    private static let manifest = """
        test:
          one:
            image: busybox
            context: a
            artifacts: [out]
            commands: [echo "one $(cat x)", date > out]
          two:
            image: busybox
            context: b
            commands: [echo "two $(cat y)"]
          after:
            image: busybox
            context: b
            depends_on: [one]
            commands: [echo after]
        """

    private func workspace() throws -> Workspace {
        let workspace = try Workspace(manifest: Self.manifest)
        for (folder, file) in [("a", "x"), ("b", "y")] {
            try FileManager.default.createDirectory(
                atPath: workspace.path + "/" + folder,
                withIntermediateDirectories: true
            )
            try Data("1".utf8).write(to: URL(filePath: workspace.path + "/\(folder)/\(file)"))
        }
        return workspace
    }

    /// What happens once a text is shown that was not before.
    private typealias Step = (text: String, action: (_ send: (Signal) throws -> Void) throws -> Void)

    /// Runs the watch, with both streams together as on a terminal, and returns the lines and the exit status.
    private func watch(
        _ arguments: [String],
        in folder: String,
        environment: [String: String],
        _ steps: [Step]
    ) async throws -> (lines: [String], status: Int32) {
        var variables: [Environment.Key: String] = [
            "PATH": EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin", "HOME": folder + "-state",
        ]
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        defer { try? FileManager.default.removeItem(atPath: folder + "-state") }
        let result = try await Subprocess.run(
            .path(FilePath(Program.path)),
            arguments: Arguments(["test", "--watch"] + arguments),
            environment: .custom(variables),
            workingDirectory: FilePath(folder),
            input: .none,
            output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            var rest = steps[...]
            var lines: [String] = []
            do {
                for try await line in execution.standardOutput.strings() {
                    lines.append(line)
                    guard let step = rest.first, line.contains(step.text) else { continue }
                    rest = rest.dropFirst()
                    try step.action { try execution.send(signal: $0) }
                }
            } catch {
                try? execution.send(signal: .kill)
                throw error
            }
            return lines
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return (result.closureResult, status)
    }

    private func write(_ folder: String, _ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }

    private static let waiting = "waiting for changes; Ctrl-C ends"

    @Test(arguments: Lab.engines)
    func `tests run again when their files change, with their dependents, and not by their own artifacts`(
        engine: LabEngine
    ) async throws {
        let workspace = try workspace()
        let path = workspace.path
        let (lines, status) = try await watch(
            [],
            in: path,
            environment: [
                "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name,
                "OKTETO_RUN_NETWORK": "host", "OKTETO_RUN_JOBS": "1",
            ],
            [
                (Self.waiting, { _ in try write(path, "a/x", "2") }),
                (Self.waiting, { _ in try write(path, "b/y", "3") }),
                (
                    Self.waiting,
                    { _ in
                        try FileManager.default.createDirectory(
                            atPath: path + "/a/new/deep",
                            withIntermediateDirectories: true
                        )
                        try write(path, "a/new/deep/file", "4")
                    }
                ),
                (Self.waiting, { _ in try write(path, ".env", "A=1") }),
                (Self.waiting, { try $0(.interrupt) }),
            ]
        )
        #expect(status == 0)
        let runs = lines.split { $0.contains(Self.waiting) }.map { lines in
            lines.filter { ["one ", "two ", "afte"].contains($0.prefix(4)) }.sorted()
        }
        #expect(
            runs == [
                ["after", "one 1", "two 1"], ["after", "one 2"], ["after", "two 3"], ["after", "one 2"],
                ["after", "one 2", "two 3"],
            ],
            "\(lines.joined(separator: "\n"))"
        )
        #expect(lines.contains { $0.contains("a/x changed: running test 'after', test 'one'") })
        #expect(lines.contains { $0.contains(".env changed: reading the manifest again") })
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `a newer change ends the tests that it concerns, and they run on the new files`(engine: LabEngine) async throws
    {
        let workspace = try Workspace(
            manifest:
                "test:\n  t:\n    image: busybox\n    commands: [\"echo got $(cat x); grep -q 2 x || sleep 300\"]\n",
            files: ["x": "1"]
        )
        let path = workspace.path
        let (lines, status) = try await watch(
            [],
            in: path,
            environment: [
                "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name,
                "OKTETO_RUN_NETWORK": "host",
            ],
            [("got 1", { _ in try write(path, "x", "2") }), (Self.waiting, { try $0(.terminate) })]
        )
        #expect(status == 143)
        #expect(lines.contains { $0.contains("the run was ended: x changed") }, "\(lines.joined(separator: "\n"))")
        #expect(lines.contains("got 2"))
        #expect(try await engine.hasNoContainers())
    }

    @Test func `a manifest that is broken is shown, and read again when it is mended`() async throws {
        let manifest = "test:\n  t:\n    commands: [echo ran]\n"
        let workspace = try Workspace(manifest: manifest)
        let path = workspace.path
        let (lines, status) = try await watch(
            ["--engine", "shell"],
            in: path,
            environment: [:],
            [
                (Self.waiting, { _ in try write(path, "okteto.yml", manifest + "nonsense: 1\n") }),
                (Self.waiting, { _ in try write(path, "okteto.yml", manifest.replacing("ran", with: "mended")) }),
                (Self.waiting, { try $0(.interrupt) }),
            ]
        )
        #expect(status == 0, "\(lines.joined(separator: "\n"))")
        #expect(lines.contains { $0.contains("'nonsense' is not a key of the manifest") })
        #expect(lines.contains("ran") && lines.contains("mended"))
    }

    @Test func `in the local shell, what tests write themselves does not run them again`() async throws {
        let workspace = try Workspace(
            manifest: "test:\n  t:\n    commands: [echo ran; date > written; mkdir -p build; date > build/x]\n",
            files: ["x": "1"]
        )
        let path = workspace.path
        let (lines, status) = try await watch(
            ["--engine", "shell"],
            in: path,
            environment: [:],
            [(Self.waiting, { _ in try write(path, "x", "2") }), (Self.waiting, { try $0(.interrupt) })]
        )
        #expect(status == 0)
        #expect(lines.count { $0 == "ran" } == 2, "\(lines.joined(separator: "\n"))")
    }

    @Test func `Ctrl-C in the middle of a run ends it as it does without a watch`() async throws {
        let workspace = try Workspace(manifest: "test:\n  t:\n    commands: [echo ready; sleep 300]\n")
        let (_, status) = try await watch(
            ["--engine", "shell"],
            in: workspace.path,
            environment: [:],
            [("ready", { try $0(.interrupt) })]
        )
        #expect(status == 130)
    }

    @Test func `without a manifest that can be read there is nothing to watch`() async throws {
        let workspace = try Workspace(manifest: "nonsense: 1\n")
        let (_, status) = try await watch([], in: workspace.path, environment: [:], [])
        #expect(status == 65)
    }
}
