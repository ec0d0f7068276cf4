import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Runs that end without a word, and what comes ahead of its turn.
@Suite(.serialized, .enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), .timeLimit(.minutes(5)))
struct KilledRunTests {
    private func environment(_ engine: LabEngine) -> [String: String] {
        [
            "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "OKTETO_RUN_NETWORK": "host",
            "OKTETO_RUN_JOBS": "1",
        ]
    }

    private let twoTests = """
        test:
          first:
            image: busybox
            commands: ["echo ready; sleep 2; exit ${STATUS:-0}"]
          second:
            image: busybox
            depends_on: [first]
            commands: ["echo second"]

        """

    @Test(arguments: Lab.engines)
    func `SIGKILL at whatever moment leaves no container`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: twoTests)
        for milliseconds in stride(from: 5, through: 320, by: 15) {
            let result = try await Subprocess.run(
                .name("timeout"),
                arguments: ["-s", "KILL", "\(Double(milliseconds) / 1_000)", Program.path, "test"],
                environment: .inherit.updating(
                    Dictionary(uniqueKeysWithValues: environment(engine).map { (.init(stringLiteral: $0), $1) })
                ),
                workingDirectory: FilePath(workspace.path),
                output: .discarded,
                error: .discarded
            )
            #expect(!result.terminationStatus.isSuccess)
        }
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `the next test's container is prepared while one runs`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: twoTests)
        async let run = Program.run(["test"], in: workspace.path, environment: environment(engine))
        var labels: Set<String> = []
        for _ in 0..<200 where labels.count < 2 {
            let list = try await engine.containers()
            for name in ["first", "second"] where list.contains("test/\(name)") { labels.insert(name) }
            if labels == ["first"] { labels = list.contains("test/second") ? ["first", "second"] : [] }
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(labels == ["first", "second"])
        let result = try await run
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "ready\nsecond\n")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `a container that was prepared for nothing is gone with the run`(engine: LabEngine) async throws {
        let workspace = try Workspace(manifest: twoTests.replacing("${STATUS:-0}", with: "3"))
        let result = try await Program.run(["test"], in: workspace.path, environment: environment(engine))
        #expect(result.status == 3)
        #expect(result.output == "ready\n")
        // The run itself removes it, before it ends.
        #expect(!(try await engine.containers()).contains("test/second"))
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `prune shows, and then removes, what a dead run left`(engine: LabEngine) async throws {
        // The labels of a run that is over, taken while it ran.
        let workspace = try Workspace(manifest: twoTests)
        async let run = Program.run(["test", "first"], in: workspace.path, environment: environment(engine))
        var list = ""
        while !list.contains("test/first") {
            list = try await engine.containers()
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try await run.status == 0)
        #expect(try await engine.hasNoContainers())
        struct Listed: Decodable {
            let labels: [String: String]

            enum CodingKeys: String, CodingKey {
                case labels = "Labels"
            }
        }
        let labels = try #require(try JSONDecoder().decode([Listed].self, from: Data(list.utf8)).first).labels
        let body = String(decoding: try JSONEncoder().encode(["Image": "busybox"]), as: UTF8.self).dropLast()
        let labelText = String(decoding: try JSONEncoder().encode(labels), as: UTF8.self)
        try await engine.post("/v1.40/containers/create?name=left-by-nobody", "\(body),\"Labels\":\(labelText)}")

        let shown = try await Program.run(["prune", "--dry-run"], in: workspace.path, environment: environment(engine))
        #expect(shown.status == 0)
        #expect(shown.errors.contains("would remove left-by-nobody"), "\(shown.errors)")
        #expect(try await engine.containers().contains("left-by-nobody"))
        let pruned = try await Program.run(["prune"], in: workspace.path, environment: environment(engine))
        #expect(pruned.status == 0)
        #expect(pruned.errors.contains("removed left-by-nobody"), "\(pruned.errors)")
        #expect(try await !engine.containers().contains("left-by-nobody"))
    }
}
