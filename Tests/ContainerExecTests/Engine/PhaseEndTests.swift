import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

@Suite("What ended a phase")
struct PhaseEndTests {
    @Test(
        arguments: [
            (PhaseEvidence(exitStatus: 3), PhaseEnd.exited(status: 3)),
            (PhaseEvidence(exitStatus: 127, container: .running), .exited(status: 127)),
            (PhaseEvidence(exitStatus: 143, container: .running), .killed(signal: 15)),
            (PhaseEvidence(exitStatus: 137, container: .running), .killed(signal: 9)),
            (PhaseEvidence(exitStatus: 137, ranOutOfMemory: true, container: .running), .outOfMemory(status: 137)),
            // Something else ran out of memory; this command failed by itself.
            (PhaseEvidence(exitStatus: 1, ranOutOfMemory: true, container: .running), .exited(status: 1)),
            (PhaseEvidence(exitStatus: 200), .exited(status: 200)),
            (PhaseEvidence(ranOutOfMemory: true, container: .ended(status: 137)), .outOfMemory(status: nil)),
            (PhaseEvidence(container: .ended(status: 137)), .containerEnded(status: 137)),
            (PhaseEvidence(container: .ended(status: nil)), .containerEnded(status: nil)),
            (PhaseEvidence(container: .running, engineFailure: "refused"), .engineGone("refused")),
            (PhaseEvidence(container: .running), .connectionLost),
        ] as [(PhaseEvidence, PhaseEnd)]
    )
    func `each cause is told by its evidence`(evidence: PhaseEvidence, end: PhaseEnd) {
        #expect(PhaseEnd(evidence) == end)
        #expect(!end.words.isEmpty)
    }

    @Test(
        arguments: [
            (PhaseEnd.engineGone("refused"), ContainerExecError.Code.engineGone, "the engine went away while"),
            (.outOfMemory(status: nil), .outOfMemory, "the container of x ran out of memory while"),
            (.containerEnded(status: 5), .streamCut, "the container of x ended with status 5 while"),
            (.connectionLost, .streamCut, "the connection to the container of x broke while"),
        ] as [(PhaseEnd, ContainerExecError.Code, String)]
    )
    func `a phase that cannot go on is an error of its own for each cause`(
        end: PhaseEnd,
        code: ContainerExecError.Code,
        words: String
    ) {
        let error = end.error(command: "make", place: "the container of x")
        #expect(error.code == code)
        #expect(error.message.hasPrefix(words))
        #expect(error.hint != nil)
        #expect(error.message.contains("command 'make'"))
    }

    private static let id = String(repeating: "ab", count: 32)

    /// The end of a shell at an engine that answers like this.
    private func end(inspect: [String], events: [String]) async throws -> PhaseEnd {
        let fake = try FakeEngine { _, target in
            if target.contains("/events?since=1&filters=") { return events }
            return target.hasSuffix("/json") ? inspect : nil
        }
        return try await fake.engine().end(ofShellIn: ContainerID(Self.id))
    }

    private static func events(_ lines: String...) -> [String] {
        ["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"] + lines.map { $0 + "\n" }
    }

    private static let gone = FakeEngine.response(404, #"{"message":"No such container"}"#)
    private static let oom = #"{"Type":"container","Action":"oom","Actor":{"ID":"x","Attributes":{}}}"#
    private static let die = #"{"Action":"die","Actor":{"Attributes":{"exitCode":"137"}}}"#

    @Test func `a container that is gone is known by its events`() async throws {
        let end = try await end(inspect: Self.gone, events: Self.events("garbage", Self.die))
        #expect(end == .containerEnded(status: 137))
        let memory = try await self.end(
            inspect: Self.gone,
            events: Self.events(Self.oom, Self.die)
        )
        #expect(memory == .outOfMemory(status: nil))
    }

    @Test func `a container that runs has lost its connection`() async throws {
        let running = FakeEngine.response(200, #"{"State":{"Status":"running","Running":true}}"#)
        #expect(try await end(inspect: running, events: Self.events()) == .connectionLost)
    }

    @Test func `an engine that fails or is away has gone`() async throws {
        let failing = FakeEngine.response(500, #"{"message":"broken"}"#)
        guard case .engineGone(let reason) = try await end(inspect: failing, events: []) else {
            Issue.record("not told as gone")
            return
        }
        #expect(reason.contains("broken"))
        let stale = try StaleSocket()
        let candidate = EngineCandidate(endpoint: try .unixSocket(stale.path), origin: .knownSocket)
        let engine = Engine(kind: .docker, version: .oldest, candidate: candidate)
        let end = await engine.end(ofShellIn: try ContainerID(Self.id))
        guard case .engineGone = end else {
            Issue.record("\(end)")
            return
        }
    }

    @Test func `the engine is asked about memory after KILL alone`() async throws {
        let fake = try FakeEngine { _, _ in Self.events(Self.oom) }
        let engine = try fake.engine()
        let id = try ContainerID(Self.id)
        #expect(await engine.end(ofCommandWith: 1, in: id) == .exited(status: 1))
        #expect(await engine.end(ofCommandWith: 143, in: id) == .killed(signal: 15))
        #expect(fake.requests.isEmpty)
        #expect(await engine.end(ofCommandWith: 137, in: id) == .outOfMemory(status: 137))
    }
}
