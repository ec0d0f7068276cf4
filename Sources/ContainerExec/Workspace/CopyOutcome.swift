internal import Synchronization

/// Why the writing side of a copy failed, for the reading side to say.
final class CopyOutcome: Sendable {
    private let state = Mutex<ContainerExecError?>(nil)

    /// The failure, or nil.
    var failure: ContainerExecError? { state.withLock { $0 } }

    func fail(_ error: ContainerExecError) {
        state.withLock { $0 = $0 ?? error }
    }
}
