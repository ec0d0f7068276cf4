internal import Synchronization

/// How long a transfer may last that a cancellation shortens instead of ending it.
final class TransferLimit: Sendable {
    /// The longest that an engine may send nothing.
    private let silence: Duration
    private let deadline = Mutex<ContinuousClock.Instant?>(nil)

    init(silence: Duration) {
        self.silence = silence
    }

    /// Leaves the transfer that much time from now, once.
    func shorten(to rest: Duration) {
        deadline.withLock { $0 = $0 ?? .now + rest }
    }

    /// Returns whether a transfer that last received something at `instant` must be given up.
    func isOver(since instant: ContinuousClock.Instant) -> Bool {
        let now = ContinuousClock.now
        return now - instant > silence || deadline.withLock { $0.map { now > $0 } ?? false }
    }
}
