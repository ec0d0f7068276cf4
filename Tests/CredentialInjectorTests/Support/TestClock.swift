import FoundationEssentials
import Synchronization

@testable import CredentialInjector

/// A clock that stands still until it is moved; sleeping moves it.
final class TestClock: Sendable {
    private let state = Mutex((elapsed: Duration.zero, pauses: [Duration]()))

    var pauses: [Duration] { state.withLock { $0.pauses } }

    func advance(_ duration: Duration) {
        state.withLock { $0.elapsed += duration }
    }

    var clock: CredentialClock {
        CredentialClock(
            now: { TokenFactory.now },
            elapsed: { self.state.withLock { $0.elapsed } },
            sleep: { duration in
                self.state.withLock { state in
                    state.elapsed += duration
                    state.pauses.append(duration)
                }
            },
            random: { 1 }
        )
    }
}
