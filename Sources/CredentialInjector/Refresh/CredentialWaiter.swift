internal import Synchronization

/// One caller that waits for the exchange of another.
final class CredentialWaiter: Sendable {
    /// What the wait came to.
    enum Outcome: Sendable {
        case done(TemporaryCredentials)
        case failed(CredentialError)
        case again
    }

    private enum State {
        case idle
        case waiting(CheckedContinuation<Outcome, Never>)
        case ended(Outcome)
    }

    private let state = Mutex(State.idle)

    /// Waits for ``resume(with:)``; when the task is cancelled, only this wait ends, with `failed`.
    func wait() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ended = state.withLock { state -> Outcome? in
                    if case .ended(let outcome) = state { return outcome }
                    state = .waiting(continuation)
                    return nil
                }
                if let ended { continuation.resume(returning: ended) }
            }
        } onCancel: {
            resume(with: .failed(CredentialError(.cancelled, "cancelled")))
        }
    }

    /// Ends the wait; only the first call counts.
    func resume(with outcome: Outcome) {
        let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            switch state {
            case .idle:
                state = .ended(outcome)
                return nil
            case .waiting(let continuation):
                state = .ended(outcome)
                return continuation
            case .ended: return nil
            }
        }
        continuation?.resume(returning: outcome)
    }
}
