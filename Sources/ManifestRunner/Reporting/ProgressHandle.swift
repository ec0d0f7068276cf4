internal import Synchronization

/// How far a piece of work is, told by whoever does it, on any thread.
final class ProgressHandle: Sendable {
    private let current = Mutex(ProgressState())

    /// What was told last.
    var state: ProgressState { current.withLock { $0 } }

    /// Tells how far it is.
    func update(_ state: ProgressState) {
        current.withLock { $0 = state }
    }
}
