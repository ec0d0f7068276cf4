/// When credentials are renewed, and until when the old ones still serve.
package struct RefreshWindow: Sendable, Hashable {
    /// The last part of a session in which credentials are not handed out, unless the session is itself short.
    private static let reserve = Duration.seconds(60)

    /// What credentials should at least have left of an ordinary session.
    private let margin: Duration

    /// For commands that get the credentials once, and have the margin for themselves.
    package static let commands = RefreshWindow(margin: .seconds(300))

    /// For programs that come back for new ones: botocore does so at each request of the last 15 minutes.
    package static let endpoint = RefreshWindow(margin: .seconds(900))

    /// Returns how long before their end the credentials are renewed.
    ///
    /// A tenth of their lifetime or the margin, whichever is more, but never more than a third: short sessions would be
    /// renewed all the time. Up to a fifth is added, so that sessions that began together are not renewed together; how
    /// much follows from the key, so that all who share a session agree.
    func early(_ credentials: TemporaryCredentials) -> Duration {
        let lifetime = credentials.lifetime
        let whole = min(max(lifetime / 10, margin), lifetime / 3)
        return whole + whole * Self.share(credentials.accessKeyID) / 5
    }

    /// Returns what must be left of credentials of that lifetime for them to serve while renewing fails.
    static func least(_ lifetime: Duration) -> Duration {
        min(reserve, lifetime / 10)
    }

    /// A number from 0 to 1 that is spread evenly over keys: the hash of FNV-1a, which is the same in every process.
    private static func share(_ key: String) -> Double {
        let hash = key.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return Double(hash) / Double(UInt32.max)
    }
}
