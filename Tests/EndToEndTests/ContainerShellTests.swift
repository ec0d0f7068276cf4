import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The phase shell in containers of real engines, where it is hardest.
@Suite(.serialized, .enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), .timeLimit(.minutes(5)))
struct ContainerShellTests {
    private func environment(_ engine: LabEngine) -> [String: String] {
        ["DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "OKTETO_RUN_NETWORK": "host"]
    }

    private func manifest(_ commands: String...) -> String {
        "deploy:\n  image: busybox\n  commands:\n" + commands.map { "  - \($0)\n" }.joined()
    }

    @Test(arguments: Lab.engines)
    func `commands may be large, close their streams and leave children behind`(engine: LabEngine) async throws {
        let large = String(repeating: "x", count: 450_000)
        let workspace = try Workspace(
            manifest: manifest(
                "|\n    v='\(large)'\n    echo ${#v}; cat; wc -c </dev/stdin",
                "exec 1>&- 2>&-; true",
                "(sleep 0.3; echo late) & echo first",
                "sleep 0.6; printf 'a\\000b\\036c'; rm -rf /tmp/*; rm -f /dev/fd",
                "|\n    w='\(large)'\n    echo ${#w} >>$OKTETO_ENV; (setsid sleep 600 &); exit 6"
            )
        )
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment(engine))
        #expect(result.status == 6, "\(result.errors.suffix(500))")
        #expect(result.output == "450000\n0\nfirst\nlate\na\0b\u{1E}c")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `a command that kills its parent, or everything, is a failure that says so`(engine: LabEngine) async throws {
        for (command, words) in [
            ("kill -9 $PPID; sleep 20", "status was killed"), ("kill -9 0; sleep 20", "its result is not known"),
        ] {
            let workspace = try Workspace(manifest: manifest(command, "echo never"))
            let result = try await Program.run(["deploy"], in: workspace.path, environment: environment(engine))
            #expect(result.status == 69, "\(result.errors)")
            #expect(result.output.isEmpty)
            #expect(result.errors.contains(words), "\(result.errors)")
            #expect(try await engine.hasNoContainers())
        }
    }

    @Test(arguments: Lab.engines)
    func `a time limit ends the command with TERM, and one that ignores it with KILL`(engine: LabEngine) async throws {
        for (command, output) in [
            ("trap 'echo told; exit 1' TERM; sleep 60 & wait", "told\n"), ("trap '' TERM; sleep 60", ""),
        ] {
            let workspace = try Workspace(manifest: manifest(command))
            let result = try await Program.run(
                ["deploy", "--timeout", "2s"],
                in: workspace.path,
                environment: environment(engine)
            )
            #expect(result.status == 124, "\(result.errors)")
            #expect(result.output == output)
            #expect(result.errors.contains("okteto.yml:4"), "\(result.errors)")
            #expect(try await engine.hasNoContainers())
        }
    }

    @Test(arguments: Lab.engines)
    func `the time limit holds while okteto-run is stopped`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: manifest("echo ready; trap '' TERM; sleep 600"))
        let isGone = try await Subprocess.run(
            .path(FilePath(Program.path)),
            arguments: ["deploy", "--timeout", "3s"],
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: environment(engine).map { (.init(stringLiteral: $0), $1) })
            ),
            workingDirectory: FilePath(workspace.path),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            for try await line in execution.standardOutput.strings() where line.contains("ready") { break }
            try execution.send(signal: .suspend)
            let isGone = try await engine.hasNoContainers(within: .seconds(40))
            try execution.send(signal: .kill)
            return isGone
        }
        #expect(isGone.closureResult)
    }
}
