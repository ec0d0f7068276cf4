import FoundationEssentials
import Testing

/// The tests of a manifest as a graph: in parallel, in order, and what becomes of the others when one fails.
@Suite(.timeLimit(.minutes(3)))
struct TestGraphTests {
    private func test(_ name: String, needs: [String] = [], image: String? = nil, _ command: String) -> String {
        "  \(name):\n" + (image.map { "    image: \($0)\n" } ?? "")
            + "    depends_on: [\(needs.joined(separator: ", "))]\n    commands:\n    - \(command)\n"
    }

    private func run(_ tests: [String], _ arguments: String...) async throws -> Program.Result {
        let workspace = try Workspace(manifest: "test:\n" + tests.joined())
        return try await Program.run(["test", "--engine", "shell"] + arguments, in: workspace.path)
    }

    @Test func `tests that wait for each other's files run at once`() async throws {
        // Each goes on only when the other has begun, so one after the other they would never end.
        let meet = { (own: String, other: String) in
            "touch \(own); until [ -e \(other) ]; do sleep 0.05; done; echo \(own)"
        }
        let result = try await run(
            [test("a", meet("here", "there")), test("b", meet("there", "here"))],
            "--jobs",
            "2",
            "--timeout",
            "60"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").sorted() == ["a | here", "b | there"])
    }

    @Test func `tests of the local shell, which share the folder, run one after the other unless told otherwise`()
        async throws
    {
        let alone = "mkdir alone && sleep 0.1 && rmdir alone"
        let result = try await run(["a", "b", "c", "d"].map { test($0, alone) })
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func `what depends on a failing test is skipped and said so, others run, and the status is the failure's`()
        async throws
    {
        let result = try await run([
            test("broken", "exit 7"), test("after", needs: ["broken"], "echo after"),
            test("later", needs: ["after"], "echo later"), test("other", "echo other"),
        ])
        #expect(result.status == 7)
        #expect(result.output == "other\n")
        #expect(result.errors.contains("test 'after' is skipped: test 'broken' did not succeed"))
        #expect(result.errors.contains("test 'later' is skipped: test 'after' did not succeed"))
        #expect(result.errors.contains("1 of 4 failed: test 'broken'; 2 skipped"))
    }

    @Test func `with --fail-fast a failure ends what runs, and nothing more begins`() async throws {
        let result = try await run(
            [
                test("long", "touch begun; sleep 600"),
                test("broken", "until [ -e begun ]; do sleep 0.05; done; exit 7"), test("other", "echo other"),
            ],
            "--fail-fast",
            "--jobs",
            "2"
        )
        #expect(result.status == 7)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("test 'long' was ended: command 'touch begun; sleep 600' (okteto.yml:5:7)"))
        #expect(result.errors.contains("1 of 3 failed: test 'broken'; 1 ended before its end; 1 skipped"))
    }

    @Test func `--deploy comes before all tests, and its failure skips them`() async throws {
        let manifest = "test:\n" + test("a", "echo a") + "deploy:\n- exit 4\n"
        let workspace = try Workspace(manifest: manifest)
        let result = try await Program.run(["test", "--engine", "shell", "--deploy"], in: workspace.path)
        #expect(result.status == 4)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("test 'a' is skipped: deploy did not succeed"))
    }

    @Test func `the time of --timeout is each test's own`() async throws {
        let result = try await run([test("long", "sleep 600"), test("short", "echo short")], "--timeout", "1")
        #expect(result.status == 124)
        #expect(result.output == "short\n")
        #expect(result.errors.contains("test 'long' failed: the phase took longer than --timeout allows"))
    }

    @Test func `an object of the json output says which test it is about`() async throws {
        let result = try await run([test("a", "echo one"), test("b", "exit 2")], "--log-output", "json")
        #expect(result.status == 2)
        let lines = result.output.split(separator: "\n")
        #expect(lines.contains { $0.contains(#""message":"one""#) && $0.contains(#""test":"a""#) })
        #expect(lines.contains { $0.contains(#""exitStatus":2,"phase":"test""#) && $0.contains(#""test":"b""#) })
        #expect(lines.last?.contains(#""stage":"done","message":"1 of 2 failed"#) == true)
    }

    @Test(arguments: ["0", "-1", "many", "1001"])
    func `--jobs is a number from 1 to 1000`(text: String) async throws {
        #expect(try await run([test("a", "true")], "--jobs=\(text)").status == 64)
    }

    @Test(.enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), arguments: Lab.engines)
    func `an image that cannot be had fails its test alone, and is asked for once`(engine: LabEngine) async throws {
        let missing = "localhost:1/okteto-run-missing"
        let tests = [
            test("a", image: missing, "true"), test("b", image: "busybox", "echo b"),
            test("c", image: "busybox", "echo c"),
        ]
        let workspace = try Workspace(manifest: "test:\n" + tests.joined())
        let result = try await Program.run(
            ["test", "--jobs", "3"],
            in: workspace.path,
            environment: [
                "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name,
                "OKTETO_RUN_NETWORK": "host",
            ]
        )
        #expect(result.status == 69, "\(result.errors)")
        #expect(result.output.split(separator: "\n").sorted() == ["b | b", "c | c"])
        #expect(result.errors.contains("1 of 3 failed: test 'a'"))
        #expect(try await engine.hasNoContainers())
    }

    @Test(.enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), arguments: Lab.engines)
    func `a container that was prepared for a test that is skipped does not stay`(engine: LabEngine) async throws {
        let tests = [
            test("a", image: "busybox", "sleep 2; exit 5"),
            test("b", needs: ["a"], image: "busybox", "echo b"),
        ]
        let workspace = try Workspace(manifest: "test:\n" + tests.joined())
        let result = try await Program.run(
            ["test"],
            in: workspace.path,
            environment: [
                "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name,
                "OKTETO_RUN_NETWORK": "host",
            ]
        )
        #expect(result.status == 5, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(try await engine.hasNoContainers())
    }
}
