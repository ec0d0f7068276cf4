import FoundationEssentials
import TestSupport
import Testing

/// Traces as a collector gets them.
@Suite(.timeLimit(.minutes(3))) struct TraceTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private func environment(_ server: LoopbackServer, _ more: [String: String] = [:]) -> [String: String] {
        [
            "OTEL_EXPORTER_OTLP_ENDPOINT": server.url, "OTEL_EXPORTER_OTLP_TIMEOUT": "10000",
            "OKTETO_RUN_ENGINE": "shell",
        ].merging(more) { $1 }
    }

    private static let answer = LoopbackReply.response(200, "{}", headers: ["Content-Type: application/json"])

    @Test(.enabled(if: ReportReaders.areThere, "needs the lab's readers"))
    func `a collector gets a span of the run, each phase and each command, as part of the caller's trace`() async throws
    {
        let server = try LoopbackServer([Self.answer])
        let workspace = try Workspace(
            manifest:
                "test:\n  a:\n    commands:\n    - echo \"$TRACEPARENT $TRACESTATE\"\n    - echo \"$TRACEPARENT\"; exit 3\n"
        )
        let result = try await Program.run(
            ["test"],
            in: workspace.path,
            environment: environment(
                server,
                [
                    "TRACEPARENT": Self.parent, "TRACESTATE": "vendor=1", "OTEL_SERVICE_NAME": "ci",
                    "OTEL_RESOURCE_ATTRIBUTES": "team=a%20b",
                    "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20t0ken",
                ]
            )
        )
        #expect(result.status == 3, "\(result.errors)")
        let request = try #require(server.requests.first)
        #expect(request.header("authorization") == "Bearer t0ken")
        #expect(!(result.output + result.errors).contains("t0ken"))
        let spans = try await ReportReaders.spans(of: request.body)
        #expect(Set(spans.map(\.trace)) == ["4bf92f3577b34da6a3ce929d0e0e4736"])
        let byName = Dictionary(uniqueKeysWithValues: spans.map { ($0.name, $0) })
        let run = try #require(byName["okteto-run test"])
        let phase = try #require(byName["test/a"])
        #expect(run.parent == "00f067aa0ba902b7" && phase.parent == run.id && byName["exchange"]?.parent == phase.id)
        #expect(run.resource == ["service.name": "ci", "team": "a b"] && run.state == "vendor=1")
        let commands = spans.filter { $0.parent == phase.id && $0.name.hasPrefix("echo") }
        #expect(commands.map(\.failed) == [false, true] && commands[1].attributes["process.exit.code"] == "3")
        #expect(commands[1].attributes["code.line.number"] == "5" && run.failed && phase.failed)
        // Each command was told its own span.
        let told = result.output.split(separator: "\n").map(String.init)
        #expect(told == ["00-\(run.trace)-\(commands[0].id)-01 vendor=1", "00-\(run.trace)-\(commands[1].id)-01"])
    }

    @Test(.enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), arguments: Lab.engines)
    func `the commands of a container are told their spans, and what the engine does is part of the trace`(
        engine: LabEngine
    ) async throws {
        let server = try LoopbackServer([Self.answer])
        let commands = (0..<5).map { "    - echo \"$TRACEPARENT\" \($0)\n" }.joined()
        let workspace = try Workspace(manifest: "test:\n  traced:\n    image: busybox\n    commands:\n" + commands)
        let result = try await Program.run(
            ["test"],
            in: workspace.path,
            environment: environment(
                server,
                [
                    "OKTETO_RUN_ENGINE": engine.name, "DOCKER_HOST": "unix://" + engine.socket,
                    "OKTETO_RUN_NETWORK": "none", "TRACEPARENT": Self.parent,
                ]
            )
        )
        #expect(result.status == 0, "\(result.errors)")
        let told = result.output.split(separator: "\n").map { $0.prefix(55) }
        #expect(Set(told).count == 5 && told.allSatisfy { $0.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-") })
        guard ReportReaders.areThere else { return }
        let spans = try await ReportReaders.spans(of: #require(server.requests.first).body)
        #expect(Set(spans.map(\.name)).isSuperset(of: ["connect", "start", "test/traced", "exchange"]))
    }

    @Test func `without an endpoint nothing is told to the commands`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo \"<$TRACEPARENT>\"\n")
        let result = try await Program.run(["deploy"], in: workspace.path, environment: ["OKTETO_RUN_ENGINE": "shell"])
        #expect(result.output == "<>\n")
    }

    @Test func `a collector that is not there, refuses or never answers changes no exit status`() async throws {
        let workspace = try Workspace(manifest: "deploy: [echo done]\ndestroy: [exit 5]\n")
        let silent = try LoopbackServer([.silence])
        let refusing = try LoopbackServer([.response(403, "no")])
        for (url, timeout, text) in [
            ("http://127.0.0.1:1/", "500", "could not be sent"), (refusing.url, "10000", "status 403"),
            (silent.url, "500", "could not be sent"),
        ] {
            let variables = [
                "OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_EXPORTER_OTLP_TIMEOUT": timeout,
                "OKTETO_RUN_ENGINE": "shell",
            ]
            let deploy = try await Program.run(["deploy"], in: workspace.path, environment: variables)
            #expect(deploy.status == 0 && deploy.output == "done\n" && deploy.errors.contains(text), "\(deploy.errors)")
            #expect(try await Program.run(["destroy"], in: workspace.path, environment: variables).status == 5)
        }
    }

    @Test func `gRPC is not spoken, and that is said`() async throws {
        let server = try LoopbackServer([Self.answer])
        let workspace = try Workspace(manifest: "deploy: [echo done]")
        let result = try await Program.run(
            ["deploy"],
            in: workspace.path,
            environment: environment(server, ["OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"])
        )
        #expect(result.status == 0 && result.errors.contains("WARNING: no trace is sent"), "\(result.errors)")
        #expect(server.requests.isEmpty)
    }
}
