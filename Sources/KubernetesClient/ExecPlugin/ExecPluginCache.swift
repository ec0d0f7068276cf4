package import FoundationEssentials
internal import Synchronization

/// What exec plug-ins have printed, for as long as it holds: in the memory of one run, and never on the disk.
///
/// As with kubectl, a credential serves until its `expirationTimestamp`; one that has none, until the server does not
/// accept it any more or the program ends. See "client-go credential plugins",
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats.
package final class ExecPluginCache: Sendable {
    /// What a credential belongs to: a plug-in as it is configured, and what it is told of the cluster.
    struct Key: Hashable {
        let plugin: ExecPlugin
        let cluster: [UInt8]
    }

    /// Less than this is left of a credential: it might end on its way to the server.
    private static let margin = 10.0

    private let credentials = Mutex<[Key: ExecCredential]>([:])
    private let now: @Sendable () -> Date

    /// Creates an empty cache; a test has a clock of its own.
    package init(now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
    }

    /// Forgets all, and returns whether there was something: after a server's 401 the plug-in is to be asked again.
    package func forget() -> Bool {
        credentials.withLock { credentials in
            defer { credentials = [:] }
            return !credentials.isEmpty
        }
    }

    func credential(for key: Key) -> ExecCredential? {
        let kept = credentials.withLock { $0[key] }
        guard let kept, holds(kept) else { return nil }
        return kept
    }

    func keep(_ credential: ExecCredential, for key: Key) {
        credentials.withLock { $0[key] = holds(credential) ? credential : nil }
    }

    private func holds(_ credential: ExecCredential) -> Bool {
        credential.expiration.map { $0.timeIntervalSince(now()) > Self.margin } ?? true
    }
}
