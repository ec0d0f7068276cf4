internal import ContainerExec
internal import Synchronization

/// Gathers changes until there are no more for a while, as an editor or git makes several at once.
final class ChangeGathering: Sendable {
    /// What has changed.
    struct Changes: Sendable, Hashable {
        var paths: [[UInt8]: Bool] = [:]
        /// Whether there were more than are kept.
        var areMany = false

        var isEmpty: Bool { paths.isEmpty && !areMany }

        mutating func merge(_ other: Changes) {
            paths.merge(other.paths) { $0 || $1 }
            areMany = areMany || other.areMany
        }
    }

    /// How long nothing must change.
    private static let quiet = Duration.milliseconds(200)
    /// How long changes without a pause are waited for.
    private static let patience = Duration.seconds(2)
    /// The paths that are kept one by one.
    private static let limit = 10_000

    private struct State {
        var changes = Changes()
        /// Whom to tell of the next change.
        var waiter: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// Takes in a change, on any thread.
    func add(_ path: [UInt8], isFolder: Bool) {
        let waiter = state.withLock { state in
            if state.changes.paths.count < Self.limit {
                state.changes.paths[path] = isFolder
            } else {
                state.changes.areMany = true
            }
            return state.waiter
        }
        waiter?.yield()
    }

    /// Takes what there is, without waiting.
    func take() -> Changes {
        state.withLock { state in
            defer { state.changes = Changes() }
            return state.changes
        }
    }

    /// Waits for changes, and until no more come; only one task at a time.
    ///
    /// - Throws: `CancellationError`.
    func settled() async throws -> Changes {
        while true {
            try await first()
            let start = ContinuousClock.now
            var seen = -1
            while true {
                let count = state.withLock { $0.changes.paths.count }
                if count == seen || ContinuousClock.now - start > Self.patience { break }
                seen = count
                try await Task.sleep(for: Self.quiet)
            }
            let changes = take()
            if !changes.isEmpty { return changes }
        }
    }

    /// Waits until there is a change.
    private func first() async throws {
        // A stream of its own: one whose reader was cancelled has ended for good.
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let isThere = state.withLock { state in
            state.waiter = continuation
            return !state.changes.isEmpty
        }
        if isThere { continuation.yield() }
        defer { state.withLock { $0.waiter = nil } }
        for await _ in stream { return }
        throw CancellationError()
    }
}
