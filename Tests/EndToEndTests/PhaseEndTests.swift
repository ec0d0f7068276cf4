import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

@Suite(
    "What ended a phase, with real engines",
    .enabled(if: !Lab.engines.isEmpty, "OKTETO_RUN_LAB_ENV names none"),
    .serialized
)
struct PhaseEndTests {
    private func run(
        _ engine: LabEngine,
        _ command: String,
        _ options: String...,
        environment: [String: String] = [:]
    ) async throws -> Program.Result {
        let workspace = try Workspace(manifest: "deploy:\n  image: busybox\n  commands:\n  - |\n    \(command)\n")
        return try await Program.run(
            ["deploy", "--network", "none"] + options,
            in: workspace.path,
            environment: environment.merging(["DOCKER_HOST": "unix://" + engine.socket]) { given, _ in given }
        )
    }

    private static let glutton = #"x=; while :; do x=$x$(head -c 1000000 /dev/zero | tr '\0' a); done"#

    @Test(arguments: Lab.engines)
    func `a command that runs out of memory has its own status, and Docker's word for it`(
        engine: LabEngine
    ) async throws {
        let result = try await run(engine, Self.glutton, "--memory", "30m")
        #expect(result.status == 137, "\(result.errors)")
        // Podman 4.3 does not report it.
        if engine.name == "docker" { #expect(result.errors.contains("ran out of memory"), "\(result.errors)") }
        #expect(result.errors.contains("memory"))
        let variable = try await run(engine, Self.glutton, environment: ["OKTETO_RUN_MEMORY": "30m"])
        #expect(variable.status == 137, "\(variable.errors)")
    }

    @Test(arguments: Lab.engines)
    func `KILL without a lack of memory is not taken for one`(engine: LabEngine) async throws {
        let result = try await run(engine, "kill -KILL $$")
        #expect(result.status == 137)
        #expect(result.errors.contains("was killed by signal 9"), "\(result.errors)")
        #expect(!result.errors.contains("ran out of memory"))
    }

    @Test(arguments: Lab.engines)
    func `a container that is removed from outside is told, and its command's result is not known`(
        engine: LabEngine
    ) async throws {
        let workspace = try Workspace(
            manifest: "test:\n  removed:\n    image: busybox\n    commands:\n    - echo ready; sleep 100\n"
        )
        let result = try await Program.run(
            ["test", "--network", "none", "--log-output", "json"],
            in: workspace.path,
            environment: ["DOCKER_HOST": "unix://" + engine.socket],
            doing: { try await engine.removeContainers(ofTest: "removed") },
            after: "ready"
        )
        #expect(result.status == 69, "\(result.output)")
        #expect(result.output.contains("ended"), "\(result.output)")
        #expect(result.output.contains("its result is not known"))
        #expect(try await engine.hasNoContainers(ofTest: "removed"))
    }

    @Test(.enabled(if: Lab.current?.dockerSocket != nil, "the lab has no Docker"))
    func `an engine that is killed in the middle of a command is told`() async throws {
        let engine = try await SecondEngine.start()
        let workspace = try Workspace(
            manifest: "deploy:\n  image: busybox\n  commands:\n  - echo ready; sleep 100\n"
        )
        let result = try await Program.run(
            ["deploy", "--network", "none", "--log-output", "json"],
            in: workspace.path,
            environment: ["DOCKER_HOST": "unix://" + engine.socket],
            doing: { try engine.killDaemon() },
            after: "ready"
        )
        try await engine.stop()
        #expect(result.status == 69, "\(result.output)")
        #expect(result.output.contains("the engine went away while command 'echo ready; sleep 100' ran"))
        #expect(result.output.contains("its result is not known"), "\(result.output)")
    }
}
