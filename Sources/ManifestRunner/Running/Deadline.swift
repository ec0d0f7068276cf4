/// Bounds work by a time.
enum Deadline {
    /// The time is over.
    struct Passed: Error {
        /// What was running then, where that is known.
        var command: InterruptedCommand?
    }

    /// Runs `operation`, and cancels it when the time is over; nil is no bound.
    ///
    /// - Throws: what `operation` throws, or ``Passed`` when the time was over.
    static func run<Value: Sendable>(
        within limit: Duration?,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let limit else { return try await operation() }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else {
                // The operation ends in its own time: it cleans up.
                do {
                    while try await group.next() != nil {}
                } catch {
                    throw Passed(command: error as? InterruptedCommand)
                }
                throw Passed()
            }
            return first
        }
    }
}
