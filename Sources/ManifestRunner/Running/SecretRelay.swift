internal import ProcessEnvironment
internal import Synchronization

/// Tells secrets to the masker of a phase whose shell may not be there yet.
final class SecretRelay: Sendable {
    private enum State {
        case keeping([Secret])
        case attached(@Sendable ([Secret]) -> Void)
    }

    private let state = Mutex(State.keeping([]))

    /// Tells secrets now, or as soon as there is somebody to tell.
    func tell(_ secrets: [Secret]) {
        let tell = state.withLock { state -> (@Sendable ([Secret]) -> Void)? in
            switch state {
            case .keeping(let kept):
                state = .keeping(kept + secrets)
                return nil
            case .attached(let tell):
                return tell
            }
        }
        tell?(secrets)
    }

    /// Tells what has come so far, and everything from now on.
    func attach(_ tell: @escaping @Sendable ([Secret]) -> Void) {
        let kept = state.withLock { state -> [Secret] in
            defer { state = .attached(tell) }
            if case .keeping(let kept) = state { return kept }
            return []
        }
        tell(kept)
    }
}
