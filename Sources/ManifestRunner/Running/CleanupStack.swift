internal import Synchronization

/// What must be undone however the run ends, in reverse order.
///
/// A phase takes its own entries back when it has cleaned up. What is left, after a failure or a cancellation, is run
/// by the one task that is never cancelled.
final class CleanupStack: Sendable {
    private typealias Entry = (key: String, action: @Sendable () async throws -> Void)

    private let entries = Mutex<[Entry]>([])

    /// Adds an action under a key.
    func add(_ key: String, _ action: @escaping @Sendable () async throws -> Void) {
        entries.withLock { $0.append((key, action)) }
    }

    /// Takes an action back.
    func remove(_ key: String) {
        entries.withLock { $0.removeAll { $0.key == key } }
    }

    /// Runs what is left, and returns what failed.
    func runAll() async -> [any Error] {
        var failures: [any Error] = []
        while let entry = entries.withLock({ $0.popLast() }) {
            do {
                try await entry.action()
            } catch {
                failures.append(error)
            }
        }
        return failures
    }
}
