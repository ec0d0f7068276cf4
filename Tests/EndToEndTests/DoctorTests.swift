import FoundationEssentials
import Testing

/// `okteto-run doctor`: what is found, what to do about it, and the status that a run would end with.
@Suite(.timeLimit(.minutes(2)))
struct DoctorTests {
    private struct Report: Decodable {
        struct Step: Decodable {
            let name: String
            let outcome: String
            let summary: String
            let nextStep: String?
        }

        let ok: Bool
        let exitStatus: Int32
        let steps: [Step]

        subscript(name: String) -> Step? { steps.first { $0.name == name } }
    }

    private func examine(
        _ manifest: String = "deploy:\n- echo\n",
        _ arguments: [String] = [],
        _ environment: [String: String] = [:]
    ) async throws -> Report {
        let workspace = try Workspace(manifest: manifest)
        let result = try await Program.run(
            ["doctor", "--format", "json"] + arguments,
            in: workspace.path,
            environment: environment
        )
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.exitStatus == result.status)
        #expect(report.ok == (result.status == 0))
        return report
    }

    @Test func `a machine that has what the manifest needs is well`() async throws {
        let report = try await examine("deploy:\n- echo\n", ["--engine", "shell"])
        #expect(report.ok)
        #expect(report.steps.map(\.name) == ["program", "folders", "shell", "manifest", "engine", "settings"])
        #expect(report["engine"]?.outcome == "skipped")
        #expect(report["settings"]?.outcome == "skipped")
    }

    @Test func `the answer for a person has a line for each thing, and what to do`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo\n")
        let result = try await Program.run(
            ["doctor"],
            in: workspace.path,
            environment: ["DOCKER_HOST": "unix:///nonexistent/docker.sock"]
        )
        #expect(result.status == 0)
        #expect(result.output.contains("[ok]   manifest: okteto.yml is valid\n"))
        #expect(result.output.contains("[warn] engine: no container engine at unix:///nonexistent/docker.sock"))
        #expect(result.output.contains("next step: "))
    }

    @Test(
        arguments: [
            ("test:\n  a:\n    commands: [echo]\n", [] as [String], "engine", 69 as Int32),
            ("deploy:\n- echo\n", ["--engine", "podman"], "engine", 69),
            ("deploy: [\n", [], "manifest", 65),
            ("deploy:\n- echo\n", ["-f", "other.yml"], "manifest", 66),
        ]
    )
    func `what is in a run's way fails with the run's own status`(
        manifest: String,
        arguments: [String],
        name: String,
        status: Int32
    ) async throws {
        let host = ["DOCKER_HOST": "unix:///nonexistent/docker.sock"]
        let report = try await examine(manifest, arguments, host)
        #expect(report[name]?.outcome == "failed")
        #expect(report.exitStatus == status)
    }

    @Test func `a missing manifest is no failure, and says how to get one`() async throws {
        let workspace = try Workspace(manifest: "")
        try FileManager.default.removeItem(atPath: workspace.path + "/okteto.yml")
        let result = try await Program.run(["doctor", "--engine", "shell"], in: workspace.path)
        #expect(result.status == 0)
        #expect(result.output.contains("[warn] manifest: no manifest in "))
        #expect(result.output.contains("okteto-run init"))
    }

    @Test func `no bash is in the way of a phase without an image, and of no other`() async throws {
        let without = ["PATH": "/nonexistent", "DOCKER_HOST": "unix:///nonexistent/docker.sock"]
        #expect(try await examine("deploy:\n- echo\n", [], without).exitStatus == 127)
        let image = try await examine("deploy:\n  image: busybox\n  commands: [echo]\n", [], without)
        #expect(image["shell"]?.outcome == "warning")
        #expect(image.exitStatus == 69)
    }

    @Test func `a folder for temporary files that is not there is told`() async throws {
        let report = try await examine("deploy:\n- echo\n", ["--engine", "shell"], ["TMPDIR": "/nonexistent"])
        #expect(report["folders"]?.outcome == "failed")
        #expect(report.exitStatus == 74)
    }

    @Test func `settings that cannot work are told, as a run would`() async throws {
        let report = try await examine("deploy:\n- echo\n", ["--engine", "shell", "--role-arn", "nonsense"])
        #expect(report["settings"]?.outcome == "failed")
        #expect(report.exitStatus == 77)
    }

    @Test(.enabled(if: Lab.isRunning, "needs the lab: scripts/test starts it"), arguments: Lab.engines)
    func `with an engine, a token and an STS all is well, and the token is not shown`(engine: LabEngine) async throws {
        let lab = try #require(Lab.current)
        let token = try await lab.token()
        let workspace = try Workspace(manifest: "deploy:\n  image: busybox\n  commands: [echo]\n")
        let result = try await Program.run(
            ["doctor", "--format", "json"],
            in: workspace.path,
            environment: lab.environment(token: token, engine: engine)
        )
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.ok, "\(result.output)")
        #expect(report["engine"]?.summary.hasPrefix("a run would take \(engine.name) at unix://") == true)
        for name in ["settings", "token", "endpoint", "clock"] {
            #expect(["passed", "warning"].contains(report[name]?.outcome), "\(name)")
        }
        #expect(!result.output.contains(token))
    }
}
