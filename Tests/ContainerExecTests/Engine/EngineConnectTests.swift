import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("Finding an engine that answers")
struct EngineConnectTests {
    private func connect(_ choice: EngineChoice = .automatic, ping: [String]) async throws -> Engine {
        let fake = try FakeEngine { _, target in target == "/_ping" ? ping : nil }
        return try await Engine.connect(choice, environment: ["DOCKER_HOST": "unix://\(fake.path)"], home: nil)
    }

    @Test(arguments: [
        ("Api-Version: 1.41\r\n", EngineKind.docker, "1.41"),
        ("Api-Version: 1.52\r\n", .docker, "1.47"),
        ("api-version: 1.41\r\nLibpod-Api-Version: 4.3.1\r\n", .podman, "1.41"),
    ])
    func `the header fields of the ping tell kind and version`(
        headers: String,
        kind: EngineKind,
        version: String
    ) async throws {
        let engine = try await connect(ping: FakeEngine.response(200, "OK", headers: headers))
        #expect(engine.kind == kind)
        #expect("\(engine.version)" == version)
        #expect(engine.summary.hasPrefix("\(kind) at unix:///") && engine.summary.hasSuffix(", from DOCKER_HOST"))
    }

    @Test(
        arguments: [
            (
                EngineChoice.automatic, FakeEngine.response(200, "OK", headers: "Api-Version: 1.39\r\n"),
                "1.40 is the least"
            ),
            (.automatic, FakeEngine.response(200, "<html>"), "no container engine"),
            (.automatic, FakeEngine.response(500, #"{"message":"broken\u001b[31m"}"#), "status 500: broken[31m"),
            (.automatic, ["garbage"], "no"),
            (
                .podman, FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\n"),
                "docker answered, but podman was"
            ),
            (
                .docker,
                FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\nLibpod-Api-Version: 4.0\r\n"),
                "podman answered, but docker was"
            ),
        ] as [(EngineChoice, [String], String)]
    )
    func `an engine that is not wanted is an error that says why`(
        choice: EngineChoice,
        ping: [String],
        words: String
    ) async throws {
        let error = await #expect(throws: ContainerExecError.self) { try await connect(choice, ping: ping) }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("from DOCKER_HOST") == true)
        #expect(error?.hint != nil)
    }

    @Test func `when nothing answers the error lists every place that was asked`() async throws {
        let candidates = try ["/nonexistent/a.sock", "/nonexistent/b.sock"].map {
            EngineCandidate(endpoint: try .unixSocket($0), origin: .knownSocket)
        }
        let error = await #expect(throws: ContainerExecError.self) {
            try await Engine.connect(.automatic, candidates: candidates)
        }
        #expect(
            error?.message == """
                no container engine found; asked, in this order:
                  unix:///nonexistent/a.sock: no such socket
                  unix:///nonexistent/b.sock: no such socket
                """
        )
        #expect(error?.hint?.contains("--engine shell") == true)
    }
}
