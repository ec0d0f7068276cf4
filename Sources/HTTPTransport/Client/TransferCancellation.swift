internal import ProcessEnvironment
internal import Synchronization

/// Tells the thread of a transfer that its task was cancelled.
final class TransferCancellation: Sendable {
    private let flag = Atomic(false)
    private let pipe: WakePipe

    init() throws(SystemError) {
        pipe = try WakePipe()
    }

    /// Becomes readable when the task is cancelled.
    var descriptor: CInt { pipe.descriptor }

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() {
        flag.store(true, ordering: .releasing)
        pipe.wake()
    }
}
