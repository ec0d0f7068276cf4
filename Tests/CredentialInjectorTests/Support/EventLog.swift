import Synchronization

@testable import CredentialInjector

/// Keeps the events of a run.
final class EventLog: Sendable {
    private let kept = Mutex<[CredentialEvent]>([])

    var events: [CredentialEvent] { kept.withLock { $0 } }

    func append(_ event: CredentialEvent) {
        kept.withLock { $0.append(event) }
    }

    var warnings: [String] {
        events.compactMap { event in
            if case .warning(let text) = event { return text }
            return nil
        }
    }
}
