internal import ContainerExec
internal import Synchronization

/// The images that a run has pulled: each is pulled once, however many phases want it, at once or one after the other.
final class ImagePulls: Sendable {
    /// An image for a platform, as the user names both.
    struct Key: Hashable, Sendable {
        let image: String
        let platform: String?
    }

    private let pulled = Mutex<Set<Key>>([])
    private let flights = SingleFlight<Key>()

    /// Pulls by `pull` unless the run has pulled the image already.
    ///
    /// - Throws: what `pull` throws. A task that waited for another's pull, which failed, tries by itself.
    func pull(_ key: Key, _ pull: () async throws -> Void) async throws {
        while !pulled.withLock({ $0.contains(key) }) {
            _ = try await flights.run(key) {
                guard !pulled.withLock({ $0.contains(key) }) else { return }
                try await pull()
                pulled.withLock { _ = $0.insert(key) }
            }
        }
    }
}
