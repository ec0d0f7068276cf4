internal import Synchronization

/// Lets one of several tasks that want the same work do it, and the others wait for it.
final class SingleFlight<Key: Hashable & Sendable>: Sendable {
    /// Who waits for the work of a key that is being done.
    private let flights = Mutex<[Key: [AsyncStream<Never>.Continuation]]>([:])

    /// Does `work`, and returns true; where another task is doing it, waits until that has ended, well or not, and
    /// returns false.
    ///
    /// - Throws: what `work` throws, to the task that did it alone; `CancellationError` to a waiting task that is
    ///   cancelled.
    func run(_ key: Key, _ work: () async throws -> Void) async throws -> Bool {
        let others = flights.withLock { flights -> AsyncStream<Never>? in
            guard flights[key] != nil else {
                flights[key] = []
                return nil
            }
            let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
            flights[key]?.append(continuation)
            return stream
        }
        if let others {
            for await _ in others {}
            try Task.checkCancellation()
            return false
        }
        defer {
            let waiting = flights.withLock { $0.removeValue(forKey: key) } ?? []
            for continuation in waiting { continuation.finish() }
        }
        try await work()
        return true
    }
}
