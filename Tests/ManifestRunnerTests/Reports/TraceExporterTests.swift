import ProcessEnvironment
import TestSupport
import Testing

@testable import ManifestRunner

@Suite(.timeLimit(.minutes(1))) struct TraceExporterTests {
    private func exporter(_ url: String, _ more: [String: String] = [:]) throws -> TraceExporter {
        var warnings: [String] = []
        let variables = ["OTEL_EXPORTER_OTLP_ENDPOINT": url].merging(more) { $1 }
        var settings = try #require(TraceSettings(environment: EnvironmentVariables(variables), warnings: &warnings))
        // A busy machine needs longer than a user is to wait.
        if more["OTEL_EXPORTER_OTLP_TIMEOUT"] == nil { settings.timeout = .seconds(50) }
        return TraceExporter(settings: settings, trace: RunTrace(parent: settings.parent))
    }

    private func json(_ status: Int, _ body: String) -> LoopbackReply {
        .response(status, body, headers: ["Content-Type: application/json"])
    }

    @Test func `the spans are posted as JSON, with the headers`() async throws {
        let server = try LoopbackServer([json(200, "{}")])
        let exporter = try exporter(server.url, ["OTEL_EXPORTER_OTLP_HEADERS": "x-key=secret%20key"])
        #expect(await exporter.export(SampleRun.mixed().record()) == nil)
        let request = try #require(server.requests.first)
        #expect(request.lines[0] == "POST /v1/traces HTTP/1.1" && request.header("x-key") == "secret key")
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.body.contains("\"traceId\":\"\(exporter.trace.traceID)\""))
        #expect(request.body.contains("\"startTimeUnixNano\":\"1767323045000000000\""))
        #expect(request.body.contains("\"endTimeUnixNano\":\"1767323046000000000\""))
    }

    @Test(arguments: [
        (400, "", "127.0.0.1:PORT answered with status 400"),
        (
            200, "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too\\u001b many\"}}",
            "took not all spans: too\\u{1B} many"
        ),
        (200, "{\"partialSuccess\":{\"rejectedSpans\":3}}", "took not all spans"),
    ])
    func `what was not taken is told`(status: Int, body: String, text: String) async throws {
        let server = try LoopbackServer([json(status, body)])
        let problem = try await exporter(server.url).export(SampleRun.mixed().record())
        #expect(problem?.contains(text.replacing("PORT", with: "\(server.port)")) == true, "\(problem ?? "")")
    }

    @Test(arguments: ["{}", "", "no JSON", "{\"partialSuccess\":{}}", "{\"partialSuccess\":{\"rejectedSpans\":\"0\"}}"])
    func `any other answer of success is one`(body: String) async throws {
        let server = try LoopbackServer([json(200, body)])
        #expect(try await exporter(server.url).export(SampleRun.mixed().record()) == nil)
    }

    @Test func `a server that is busy is asked again`() async throws {
        let server = try LoopbackServer([json(503, ""), json(200, "{}")])
        #expect(try await exporter(server.url).export(SampleRun.mixed().record()) == nil)
        #expect(server.requests.count == 2)
    }

    @Test func `one that never answers holds a run up no longer than the bound`() async throws {
        let server = try LoopbackServer([.silence])
        let clock = ContinuousClock()
        let start = clock.now
        let problem = try await exporter(server.url, ["OTEL_EXPORTER_OTLP_TIMEOUT": "300"]).export(
            SampleRun.mixed().record()
        )
        #expect(problem?.hasPrefix("the trace could not be sent: ") == true)
        // Far more than the bound, and far less than a minute.
        #expect(clock.now - start < .seconds(20))
    }

    @Test func `nothing is sent of a trace that its beginning does not record`() async throws {
        let server = try LoopbackServer([json(200, "{}")])
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
        #expect(try await exporter(server.url, ["TRACEPARENT": parent]).export(SampleRun.mixed().record()) == nil)
        #expect(server.requests.isEmpty)
    }

    @Test func `many spans are sent in several requests`() async throws {
        let server = try LoopbackServer([json(200, "{}")])
        var run = SampleRun()
        let commands = (0..<4_500).map { SampleRun.command("c\($0)") }
        run.tell(0, .planned([SampleRun.phase("a", commands)]), .phaseBegan(.test("a")))
        for index in commands.indices {
            run.tell(index, .commandBegan(.test("a"), index), .commandEnded(.test("a"), index, .success))
        }
        let exporter = try exporter(server.url)
        let problem = await exporter.export(run.record())
        #expect(problem == nil && server.requests.count == 3)
    }
}
