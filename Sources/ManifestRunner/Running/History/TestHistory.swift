internal import CredentialInjector
internal import ManifestModel
internal import ProcessEnvironment
internal import Synchronization

/// Learns how the tests of a run end, keeps it for the next, and tells what failed last time.
final class TestHistory: RunObserver {
    private struct State {
        var manifest: String?
        var outcomes: [String: TestOutcome] = [:]
    }

    private let environment: EnvironmentVariables
    private let state = Mutex(State())

    let wantsOutput = false

    /// Creates a history that has learnt nothing; the state folder is the one of `environment`.
    init(_ environment: EnvironmentVariables) {
        self.environment = environment
    }

    func observe(_ event: RunEvent, at _: RunInstant) {
        state.withLock { state in
            switch event {
            case .planned(let phases):
                // What is not told to have ended was not run to its end.
                for phase in phases {
                    if case .test(let name) = phase.kind { state.outcomes[name] = .cancelled }
                }
            case .phaseEnded(.test(let name), let outcome): state.outcomes[name] = Self.outcome(outcome)
            default: break
            }
        }
    }

    /// Tells whose tests they are.
    func begin(_ manifest: String) {
        state.withLock { $0.manifest = manifest }
    }

    /// Returns the tests that did not pass when they were last run; blocks for reading a small file.
    ///
    /// - Throws: ``RunFailure`` when no earlier run is known.
    func failed(of tests: [String], in manifest: String) throws -> [String] {
        let folder = try StateFolder.open(environment)
        guard let ledger = Self.load(try Self.name(manifest), in: folder) else {
            throw RunFailure(
                .usage,
                "--failed: no earlier run of the tests of \(manifest) is known",
                hint: "run them once without it: okteto-run test"
            )
        }
        return ledger.failed(of: tests)
    }

    /// Keeps what has been learnt.
    ///
    /// - Throws: ``RunFailure`` or ``SystemError`` when it cannot be kept.
    func save() async throws {
        let (manifest, outcomes) = state.withLock { ($0.manifest, $0.outcomes) }
        guard let manifest, !outcomes.isEmpty else { return }
        try await DedicatedThread.run { [environment] in
            let folder = try StateFolder.open(environment)
            let name = try Self.name(manifest)
            // Two runs may end at the same time; waiting for one that hangs is not worth it.
            var lock: FileLock?
            for _ in 0..<50 {
                lock = try folder.lock("\(name).lock")
                if lock != nil { break }
                DedicatedThread.pause(.milliseconds(20))
            }
            try withExtendedLifetime(lock) {
                var ledger = Self.load(name, in: folder) ?? TestLedger()
                ledger.add(outcomes)
                try folder.write(try ledger.bytes(), to: name)
            }
        }
    }

    private static func load(_ name: String, in folder: PrivateFolder) -> TestLedger? {
        (try? folder.read(name, limit: TestLedger.byteLimit)).flatMap { TestLedger(bytes: $0) }
    }

    private static func name(_ manifest: String) throws -> String {
        "tests-\(try ContentDigest.hexadecimal(of: manifest).prefix(32))"
    }

    private static func outcome(_ outcome: PhaseOutcome) -> TestOutcome {
        switch outcome {
        case .succeeded, .skipped(.unchanged): .passed
        case .failed: .failed
        case .cancelled: .cancelled
        case .skipped: .skipped
        }
    }
}
