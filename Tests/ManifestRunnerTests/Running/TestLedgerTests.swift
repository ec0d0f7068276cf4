import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct TestLedgerTests {
    @Test func `what did not pass is what failed, was ended or was skipped for a failure`() throws {
        var ledger = TestLedger()
        ledger.add(["a": .passed, "b": .failed, "c": .cancelled, "d": .skipped, "gone": .failed])
        #expect(ledger.failed(of: ["d", "new", "b", "a", "c"]) == ["d", "b", "c"])
        ledger.add(["b": .passed])
        #expect(ledger.failed(of: ["a", "b", "c"]) == ["c"])
        #expect(try TestLedger(bytes: ledger.bytes()) == ledger)
        #expect(TestLedger(bytes: Array(#"{"version":2,"outcomes":{}}"#.utf8)) == nil)
        #expect(TestLedger(bytes: []) == nil)
    }

    private func outline(_ kind: PhaseKind) -> PhaseOutline {
        PhaseOutline(kind: kind, place: .shell, commands: [], dependencies: [])
    }

    @Test func `a run's ends are kept for the next, of each manifest apart, and other tests' stay`() async throws {
        let place = FileManager.default.temporaryDirectory.path + "/okteto-run-ledger-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let environment: EnvironmentVariables = ["XDG_STATE_HOME": place]
        let now = RunInstant(date: Date(), elapsed: .zero)
        let first = TestHistory(environment)
        #expect(throws: RunFailure.self) { try first.failed(of: ["a"], in: "/m") }
        first.begin("/m")
        first.observe(.planned(["a", "b", "c", "d"].map { outline(.test($0)) } + [outline(.deploy)]), at: now)
        first.observe(.phaseEnded(.deploy, .succeeded), at: now)
        first.observe(.phaseEnded(.test("a"), .succeeded), at: now)
        first.observe(.phaseEnded(.test("b"), .failed(.command(1), message: "")), at: now)
        first.observe(.phaseEnded(.test("c"), .skipped(.dependency(.test("b")))), at: now)
        try await first.save()
        let second = TestHistory(environment)
        // The one that was not told of was running when the run was ended.
        #expect(try second.failed(of: ["a", "b", "c", "d"], in: "/m") == ["b", "c", "d"])
        #expect(throws: RunFailure.self) { try second.failed(of: ["a"], in: "/other") }
        second.begin("/m")
        second.observe(.planned([outline(.test("b"))]), at: now)
        second.observe(.phaseEnded(.test("b"), .skipped(.unchanged)), at: now)
        try await second.save()
        #expect(try second.failed(of: ["a", "b", "c", "d"], in: "/m") == ["c", "d"])
    }

    @Test func `a run that planned nothing changes nothing`() async throws {
        let history = TestHistory([:])
        history.begin("/m")
        try await history.save()
    }

    @Test func `without a place to keep anything, that is said`() {
        let failure = #expect(throws: RunFailure.self) { try StateFolder.path(["XDG_STATE_HOME": "here", "HOME": ""]) }
        #expect(failure?.message.contains("XDG_STATE_HOME") == true)
        #expect((try? StateFolder.path(["HOME": "/h"])) == "/h/.local/state/okteto-run")
        #expect((try? StateFolder.path(["HOME": "/h", "XDG_STATE_HOME": "/s"])) == "/s/okteto-run")
    }
}
