internal import FoundationEssentials

/// How the tests of one manifest ended when each was last run.
struct TestLedger: Codable, Sendable, Hashable {
    /// The most bytes of a ledger that is read.
    static let byteLimit = 4 << 20

    private var version = 1
    private(set) var outcomes: [String: TestOutcome] = [:]

    /// Creates a ledger that knows of no run.
    init() {}

    /// Reads a ledger; nil for bytes that are none.
    init?(bytes: [UInt8]) {
        guard let ledger = try? JSONDecoder().decode(TestLedger.self, from: Data(bytes)), ledger.version == 1 else {
            return nil
        }
        self = ledger
    }

    /// The ledger as bytes.
    ///
    /// - Throws: never for what can be in a ledger.
    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self))
    }

    /// Takes in how the tests of a run ended; others stay as they are.
    mutating func add(_ run: [String: TestOutcome]) {
        outcomes.merge(run) { $1 }
    }

    /// The names among `tests`, in their order, of those that did not pass.
    func failed(of tests: [String]) -> [String] {
        tests.filter { outcomes[$0].map { $0 != .passed } ?? false }
    }
}
