import CredentialInjector
import Testing

@testable import ManifestRunner

@Suite struct PhaseResultsTests {
    private struct Broken: Error {}

    private func results(_ names: String...) -> PhaseResults {
        PhaseResults(names.map { PlannedPhase(test: $0) })
    }

    @Test func `the status is the one of the first phase, in the plan's order, that failed`() throws {
        var results = results("a", "b", "c")
        _ = results.add(.success(.command(5)), of: 2, isStopping: false)
        _ = results.add(.success(.command(3)), of: 1, isStopping: false)
        _ = results.add(.success(.success), of: 0, isStopping: false)
        #expect(try results.status() == .command(3))
        #expect(results.summary == "2 of 3 failed: test 'b', test 'c'")
    }

    @Test func `an error is a failure with its own status, and what waits for it is counted`() throws {
        var results = results("a", "b")
        let outcome = results.add(.failure(RunFailure(.engineFailed, "it is gone")), of: 0, isStopping: false)
        guard case .failed(.engineFailed, "it is gone") = outcome else {
            Issue.record("\(outcome)")
            return
        }
        results.add(.dependency(.test("a")), of: 1)
        #expect(try results.status() == .engineFailed)
        #expect(results.summary == "1 of 2 failed: test 'a'; 1 skipped")
    }

    @Test func `the error of the only phase is thrown`() {
        var results = results("a")
        _ = results.add(.failure(Broken()), of: 0, isStopping: false)
        #expect(throws: Broken.self) { try results.status() }
    }

    @Test func `what is ended by another's failure is no failure of its own`() throws {
        var results = results("a", "b", "c")
        _ = results.add(.success(.command(4)), of: 1, isStopping: false)
        let outcome = results.add(.failure(Broken()), of: 0, isStopping: true)
        #expect(!outcome.isSuccess)
        results.add(.stopped, of: 2)
        #expect(try results.status() == .command(4))
        #expect(results.summary == "1 of 3 failed: test 'b'; 1 ended before its end; 1 skipped")
    }

    @Test func `a run that was cancelled is none that succeeded`() {
        var results = results("a", "b")
        _ = results.add(.success(.success), of: 0, isStopping: false)
        results.add(.stopped, of: 1)
        #expect(throws: CancellationError.self) { try results.status() }
    }

    @Test func `what has not changed counts as success`() throws {
        var results = results("a", "b")
        results.add(.unchanged, of: 0)
        _ = results.add(.success(.success), of: 1, isStopping: false)
        #expect(try results.status() == .success)
        #expect(results.summary == "all 2 succeeded")
    }
}
