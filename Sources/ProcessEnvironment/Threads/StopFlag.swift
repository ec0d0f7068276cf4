internal import Synchronization

/// Tells work that blocks a thread of its own that nobody waits for what it makes any more.
package final class StopFlag: Sendable {
    private let flag = Atomic(false)

    /// Creates a flag that is not set.
    package init() {}

    /// Sets the flag, for good.
    package func stop() {
        flag.store(true, ordering: .relaxed)
    }

    /// Returns while the flag is not set.
    ///
    /// - Throws: `CancellationError` once it is.
    package func check() throws(CancellationError) {
        if flag.load(ordering: .relaxed) { throw CancellationError() }
    }
}
