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

    private let changes = Mutex(Changes())
    private let signal: AsyncStream<Void>.Continuation
    private let signals: AsyncStream<Void>

    init() {
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes in a change, on any thread.
    func add(_ path: [UInt8], isFolder: Bool) {
        changes.withLock { changes in
            if changes.paths.count < Self.limit { changes.paths[path] = isFolder } else { changes.areMany = true }
        }
        signal.yield()
    }

    /// Takes what there is, without waiting.
    func take() -> Changes {
        changes.withLock { changes in
            defer { changes = Changes() }
            return changes
        }
    }

    /// Waits for changes, and until no more come; only one task at a time.
    ///
    /// - Throws: `CancellationError`.
    func settled() async throws -> Changes {
        while true {
            if changes.withLock({ $0.isEmpty }) {
                var iterator = signals.makeAsyncIterator()
                guard await iterator.next() != nil else { throw CancellationError() }
            }
            let start = ContinuousClock.now
            var seen = -1
            while true {
                let count = changes.withLock { $0.paths.count }
                if count == seen || ContinuousClock.now - start > Self.patience { break }
                seen = count
                try await Task.sleep(for: Self.quiet)
            }
            let changes = take()
            if !changes.isEmpty { return changes }
        }
    }
}
