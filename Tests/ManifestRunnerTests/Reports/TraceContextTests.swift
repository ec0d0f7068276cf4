import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test(arguments: [
        ("00-\(trace)-\(span)-01", true), ("00-\(trace)-\(span)-00", false), ("00-\(trace)-\(span)-03", true),
        ("cc-\(trace)-\(span)-01-what-comes-later", true), ("cc-\(trace)-\(span)-01", true),
    ])
    func `a context of the specification's form is taken`(text: String, isSampled: Bool) {
        let context = TraceContext(parent: text, state: "a=1")
        #expect(context?.traceID == Self.trace && context?.spanID == Self.span && context?.isSampled == isSampled)
        #expect(context?.state == "a=1")
        #expect(context?.parent == "00-\(Self.trace)-\(Self.span)-\(isSampled ? "01" : "00")")
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-01-more", "ff-\(trace)-\(span)-01",
        "00-\(trace.uppercased())-\(span)-01", "00-\(String(repeating: "0", count: 32))-\(span)-01",
        "00-\(trace)-0000000000000000-01", "00-\(trace.dropLast())-\(span)-01", "00-\(trace)-\(span)x-01",
        "00-\(trace)-\(span)-1", "00-\(trace)-\(span)-g1", "0-\(trace)-\(span)-01", " 00-\(trace)-\(span)-01",
        "00-\(trace)-\(span)-01 ", "00_\(trace)_\(span)_01", "00-\(trace.dropLast())é-\(span)-01",
    ])
    func `anything else is none`(text: String) {
        #expect(TraceContext(parent: text, state: nil) == nil)
    }

    @Test(arguments: ["", String(repeating: "a", count: 513), "a=\n"])
    func `a state that cannot be one is left out`(state: String) {
        #expect(TraceContext(parent: "00-\(Self.trace)-\(Self.span)-01", state: state)?.state == nil)
    }

    @Test func `a new trace is recorded and random`() {
        let contexts = (0..<100).map { _ in TraceContext() }
        #expect(Set(contexts.map(\.traceID)).count == 100)
        for context in contexts { #expect(TraceContext(parent: context.parent, state: nil) == context) }
    }

    @Test func `every command has a span of its own, of the trace that the run is part of`() throws {
        let parent = TraceContext(parent: "00-\(Self.trace)-\(Self.span)-00", state: "a=1")
        let trace = RunTrace(parent: parent)
        #expect(!trace.isSampled && trace.traceID == Self.trace)
        let first = trace.variables(ofCommand: 0, in: .deploy)
        let second = trace.variables(ofCommand: 1, in: .deploy)
        #expect(first["TRACEPARENT"] == trace.variables(ofCommand: 0, in: .deploy)["TRACEPARENT"])
        #expect(first["TRACEPARENT"] != second["TRACEPARENT"] && first["TRACESTATE"] == "a=1")
        let context = try #require(TraceContext(parent: first["TRACEPARENT"] ?? "", state: nil))
        #expect(context.traceID == Self.trace && context.spanID != Self.span && !context.isSampled)
        #expect(RunTrace(parent: nil).isSampled)
        #expect(RunTrace(parent: nil).variables(ofCommand: 0, in: .deploy)["TRACESTATE"] == nil)
    }

    @Test func `the spans of a run are a tree under what it is part of`() throws {
        let trace = RunTrace(parent: TraceContext(parent: "00-\(Self.trace)-\(Self.span)-01", state: nil))
        let told = trace.variables(ofCommand: 1, in: .test("unit"))["TRACEPARENT"] ?? ""
        let spans = trace.spans(of: SampleRun.mixed().record())
        #expect(
            spans.map(\.name) == [
                "okteto-run test", "connect", "exchange", "start", "pull", "test/lint", "check", "test/unit", "build",
                "try",
            ]
        )
        #expect(Set(spans.map(\.spanID)).count == spans.count)
        let byName = Dictionary(uniqueKeysWithValues: spans.map { ($0.name, $0) })
        func parent(_ name: String) -> String? {
            byName[name]?.parentID.flatMap { id in spans.first { $0.spanID == id }?.name }
        }
        #expect(spans[0].parentID == Self.span)
        #expect(
            parent("connect") == "okteto-run test" && parent("exchange") == "test/lint" && parent("pull") == "test/unit"
        )
        #expect(parent("test/unit") == "okteto-run test" && parent("try") == "test/unit")
        #expect(TraceContext(parent: told, state: nil)?.spanID == byName["try"]?.spanID)
        #expect(spans.filter { $0.failure != nil }.map(\.name) == ["okteto-run test", "test/unit", "try"])
        #expect(byName["try"]?.failure == "failed with exit status 3")
        let failing = byName["try"]?.attributes.map { "\($0.name)=\($0.value)" }
        #expect(failing?.contains("process.exit.code=number(3)") == true)
        #expect(failing?.contains("code.line.number=number(9)") == true)
    }

    @Test func `what was made ahead for a phase that never began is the run's`() {
        var run = SampleRun()
        run.tell(0, .planned([SampleRun.phase("a", [SampleRun.command("x")])]), .stepBegan(.start, .test("a")))
        run.tell(1, .stepEnded(.start, .test("a"), isSuccess: false), .ended(.interrupted(by: 2)))
        let spans = RunTrace(parent: nil).spans(of: run.record())
        #expect(spans.map(\.name) == ["okteto-run test", "start"])
        #expect(spans[1].parentID == spans[0].spanID && spans[1].failure == "start failed")
        #expect(spans[0].parentID == nil && spans[0].failure == "interrupted")
    }
}
