import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Containers of real engines: exact statuses, and nothing left behind.
@Suite(.serialized, .enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), .timeLimit(.minutes(5)))
struct ContainerTests {
    private func environment(_ engine: LabEngine) -> [String: String] {
        ["DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "OKTETO_RUN_NETWORK": "host"]
    }

    private func manifest(_ commands: String...) -> String {
        "deploy:\n  image: busybox\n  commands:\n" + commands.map { "  - \($0)\n" }.joined()
    }

    @Test(arguments: Lab.engines)
    func `exit statuses and both streams are exact`(engine: LabEngine) async throws {
        for (command, status) in [
            ("exit 3", 3), ("nosuchcommand", 127), ("/etc", 126), ("kill -9 $$", 137), ("exit 300", 44),
        ] {
            let workspace = try Workspace(manifest: manifest("echo out; echo err >&2", command))
            let result = try await Program.run(["deploy"], in: workspace.path, environment: environment(engine))
            #expect(result.status == Int32(status), "\(result.errors)")
            #expect(result.output == "out\n")
            #expect(result.errors.contains("err\n"))
        }
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `the workspace is there, without what is ignored, and changes stay in the container`(
        engine: LabEngine
    ) async throws {
        let workspace = try Workspace(
            manifest: manifest("pwd; ls; id -u; touch new"),
            files: ["kept": "", "secret.key": "", ".oktetoignore": "*.key\n[test]\nkept\n"]
        )
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment(engine))
        #expect(result.output == "/okteto/src\nkept\nokteto.yml\n0\n", "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/new"))
    }

    /// A small workspace goes through the shell, a large one and one for an image without tar by the engine.
    @Test(
        arguments: Lab.engines,
        ["busybox", "amazon/aws-cli", "okteto-run-lab/no-tar"].flatMap { image in
            [(image, 1, ""), (image, 600 << 10, ""), (image, 1, "ln -s ../run.sh link; touch -h -d @9 link")]
        }
    )
    func `names, modes, times and links of the workspace arrive as they are`(
        engine: LabEngine,
        way: (image: String, size: Int, more: String)
    ) async throws {
        let (image, size, more) = way
        // The folder itself belongs to the container.
        let show = "stat -c '%n %a %Y %F' \"$f\"; readlink \"$f\" || :"
        let list = "find . ! -name . | sort | while read -r f; do \(show); done"
        let workspace = try Workspace(
            manifest: "deploy:\n  image: \(image)\n  commands:\n  - |\n    \(list)\n    stat -c %h hard\n",
            files: ["run.sh": "#!/bin/sh\n", "data": String(repeating: "x", count: size)]
        )
        let prepare = """
            mkdir -p deep/er; printf x >deep/er/é; : >deep/empty; chmod 751 run.sh; chmod 700 deep; mkdir -m 1777 hollow
            ln run.sh hard; cd deep; \(more.isEmpty ? ":" : more); cd ..
            touch -d 2001-02-03T04:05:06Z run.sh deep/empty deep/er; touch -d 2003-02-03T04:05:06Z deep
            \(list)
            """
        let expected = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-euc", prepare],
            workingDirectory: FilePath(workspace.path),
            output: .string(limit: 1 << 20)
        )
        try #require(expected.terminationStatus.isSuccess)
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment(engine))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == expected.standardOutput + "2\n")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `an image that does not exist, or has no shell, is told plainly`(engine: LabEngine) async throws {
        let absent = try Workspace(manifest: "deploy:\n  image: localhost:1/nosuch/image\n  commands:\n  - echo ran\n")
        let first = try await Program.run(["deploy"], in: absent.path, environment: environment(engine))
        #expect(first.status == 69)
        #expect(first.errors.contains("nosuch/image"))
        let shellless = try Workspace(
            manifest: "deploy:\n  image: okteto-run-lab/no-shell\n  commands:\n  - echo ran\n"
        )
        let second = try await Program.run(["deploy"], in: shellless.path, environment: environment(engine))
        #expect(second.status == 69)
        #expect(second.errors.contains("shell"), "\(second.errors)")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `no container stays after a signal, SIGKILL included`(engine: LabEngine) async throws {
        let signals: [(Signal, Int32)] = [(.interrupt, 130), (.terminate, 143), (.terminalClosed, 129), (.kill, 137)]
        for (signal, status) in signals {
            let workspace = try Workspace(
                manifest: manifest("echo ready; trap 'echo cleaned; exit 1' TERM; sleep 100 & wait")
            )
            let result = try await Program.run(
                ["deploy"],
                in: workspace.path,
                environment: environment(engine),
                sending: signal,
                after: "ready"
            )
            #expect(result.status == status, "\(result.errors)")
            if signal != .kill { #expect(result.output.contains("cleaned")) }
            #expect(try await engine.hasNoContainers(), "\(signal)")
        }
    }

    @Test func `no engine is an error that says what was tried and what to do`() async throws {
        let workspace = try Workspace(manifest: manifest("echo ran"))
        let result = try await Program.run(
            ["deploy"],
            in: workspace.path,
            environment: ["DOCKER_HOST": "unix:///nosuch/docker.sock"]
        )
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("/nosuch/docker.sock"))
        #expect(result.errors.contains("--engine shell"))
    }
}
