import FoundationEssentials
import Testing

/// What tests keep from run to run, at real engines.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TestCacheTests {
    private func environment(_ engine: LabEngine, _ state: borrowing Workspace) -> [String: String] {
        [
            "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "OKTETO_RUN_NETWORK": "host",
            "XDG_STATE_HOME": state.path,
        ]
    }

    private func manifest(_ name: String, _ command: String, caches: String) -> String {
        "test:\n  \(name):\n    image: busybox\n    caches: \(caches)\n    commands: [\(JSONText.quote(command))]\n"
    }

    /// The labels of the volumes of a test.
    private func volumes(of test: String, _ engine: LabEngine) async throws -> [[String: String]] {
        struct List: Decodable {
            struct Volume: Decodable {
                let labels: [String: String]?

                enum CodingKeys: String, CodingKey {
                    case labels = "Labels"
                }
            }

            let volumes: [Volume]?

            enum CodingKeys: String, CodingKey {
                case volumes = "Volumes"
            }
        }
        let list = try JSONDecoder().decode(List.self, from: Data(try await engine.get("/v1.40/volumes").utf8))
        return (list.volumes ?? []).compactMap(\.labels).filter { $0["dev.okteto-run.test"] == test }
    }

    private func anonymousVolumes(_ engine: LabEngine) async throws -> Int {
        try await engine.get("/v1.40/volumes").split(separator: "\"Name\":").count
    }

    @Test(arguments: Lab.engines)
    func `caches are kept from run to run, begin empty, hide what is in their place, and are removed by prune`(
        engine: LabEngine
    ) async throws {
        let name = "cache-\(engine.name)"
        let command = """
            cat /root/.cache/log deps/log /etc/passwd 2>/dev/null; test ! -e deps/own || echo own; test ! -e deps/host || \
            echo host; echo "run $RUN" >> /root/.cache/log; echo "run $RUN" >> deps/log; pwd > deps/own; rm deps/own; ls
            """
        let workspace = try Workspace(manifest: manifest(name, command, caches: "[/root/.cache/, ./deps, deps, /etc]"))
        let state = try Workspace(manifest: "")
        try FileManager.default.createDirectory(atPath: workspace.path + "/deps", withIntermediateDirectories: true)
        try Data("host".utf8).write(to: URL(filePath: workspace.path + "/deps/host"))
        let environment = environment(engine, state)
        let run = { (number: Int, arguments: [String]) in
            try await Program.run(
                ["test", "--var", "RUN=\(number)"] + arguments,
                in: workspace.path,
                environment: environment
            )
        }
        var result = try await run(1, [])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "deps\nokteto.yml\n")
        // Another copy of the files, and the cache still there; the engine's own way to copy is used for large trees.
        try Data(count: 400_000).write(to: URL(filePath: workspace.path + "/large"))
        result = try await run(2, [])
        #expect(result.output == "run 1\nrun 1\ndeps\nlarge\nokteto.yml\n", "\(result.errors)")
        let before = try await anonymousVolumes(engine)
        result = try await run(3, ["--no-cache"])
        // Podman fills a volume without a name with what the image has in its place.
        let own = engine.name == "podman" ? "root:x:0:0:root:/root:/bin/sh\n" : ""
        #expect(result.output == own + "deps\nlarge\nokteto.yml\n", "\(result.errors)")
        #expect(try await engine.hasNoContainers())
        #expect(try await anonymousVolumes(engine) == before)
        result = try await Program.run(["prune"], in: workspace.path, environment: environment)
        #expect(result.status == 0)
        result = try await run(4, [])
        #expect(result.output == "run 1\nrun 2\nrun 1\nrun 2\ndeps\nlarge\nokteto.yml\n", "\(result.errors)")
        let labels = try await volumes(of: name, engine)
        #expect(
            labels.compactMap { $0["dev.okteto-run.cache"] }.sorted() == ["/etc", "/okteto/src/deps", "/root/.cache"]
        )
        #expect(labels.allSatisfy { $0["dev.okteto-run"] == "1" && $0["dev.okteto-run.manifest"] == "okteto.yml" })
        #expect(labels.allSatisfy { $0["dev.okteto-run.repository"] == workspace.path })
        #expect(try await engine.hasNoContainers())
        result = try await Program.run(
            ["prune", "--caches", "--dry-run"],
            in: workspace.path,
            environment: environment
        )
        #expect(result.errors.contains("would remove /root/.cache of test '\(name)' (okteto.yml of \(workspace.path))"))
        #expect(try await volumes(of: name, engine).count == 3)
        result = try await Program.run(["prune", "--caches"], in: workspace.path, environment: environment)
        #expect(result.status == 0 && result.errors.contains("and freed "), "\(result.errors)")
        #expect(try await volumes(of: name, engine).isEmpty)
        // The tree has nothing new in it.
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/deps") == ["host"])
    }

    @Test(arguments: Lab.engines)
    func `runs at the same time have a cache each, which prune leaves while they have it`(
        engine: LabEngine
    ) async throws {
        let name = "two-\(engine.name)"
        let command = "echo \"$RUN\" >> /c/log; echo ready; until [ -e /c/go ]; do sleep 0.1; done; cat /c/log"
        let workspace = try Workspace(manifest: manifest(name, command, caches: "[/c]"))
        let state = try Workspace(manifest: "")
        let environment = environment(engine, state)
        let result = try await Program.run(
            ["test", "--var", "RUN=1"],
            in: workspace.path,
            environment: environment,
            doing: {
                let second = try await Program.run(
                    ["test", "--var", "RUN=2", "--timeout", "2s"],
                    in: workspace.path,
                    environment: environment
                )
                #expect(
                    second.errors.contains("another run has the cache '/c': this one has cache 2"),
                    "\(second.errors)"
                )
                let prune = try await Program.run(["prune", "--caches"], in: workspace.path, environment: environment)
                #expect(prune.errors.contains("kept /c of test '\(name)'"), "\(prune.errors)")
                // What the first has is not the second's: this ends it.
                let id = try #require(try await engine.containers(ofTest: name).firstMatch(of: /"Id":"([0-9a-f]+)"/)?.1)
                let body = #"{"Cmd":["touch","/c/go"],"AttachStdout":false}"#
                try await engine.exec(String(id), body)
            },
            after: "ready"
        )
        #expect(result.status == 0)
        #expect(result.output == "ready1" || result.output == "ready\n1\n" || result.output.hasPrefix("ready"))
        #expect(!result.output.contains("2"))
        #expect(try await engine.hasNoContainers())
        _ = try await Program.run(["prune", "--caches"], in: workspace.path, environment: environment)
        #expect(try await volumes(of: name, engine).isEmpty)
    }

    @Test(arguments: ["..", "/", "/proc/x", "/okteto", "a/../../b", ""])
    func `a cache that would take the container apart is refused with its place in the manifest`(
        path: String
    ) async throws {
        let workspace = try Workspace(
            manifest: "test:\n  t:\n    caches:\n    - ok\n    - \(JSONText.quote(path))\n    commands: [\"true\"]\n"
        )
        let result = try await Program.run(["test", "--dry-run"], in: workspace.path)
        #expect(result.status == 65)
        #expect(result.errors.contains("okteto.yml:5:7: "), "\(result.errors)")
    }

    @Test func `in the local shell caches have no effect, nor is a test skipped, and both are said`() async throws {
        let workspace = try Workspace(
            manifest: """
                test:
                  t:
                    caches: [/nonexistent/cache, ~/.npm]
                    skipIfNoFileChanges: true
                    commands: [echo ran]
                """
        )
        for _ in 0..<2 {
            let result = try await Program.run(["test", "--engine", "shell"], in: workspace.path)
            #expect(result.status == 0 && result.output == "ran\n")
            #expect(result.errors.contains("'caches' of test 't' have no effect in the local shell"))
            #expect(result.errors.contains("'skipIfNoFileChanges' of test 't' has no effect in the local shell"))
        }
    }
}
