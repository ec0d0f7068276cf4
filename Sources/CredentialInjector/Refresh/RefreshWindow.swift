/// When credentials are renewed, and until when the old ones still serve.
enum RefreshWindow {
    /// The last part of a session in which credentials are not handed out, unless the session is itself short.
    private static let reserve = Duration.seconds(60)

    /// Returns how long before their end credentials of that lifetime are renewed.
    ///
    /// A tenth of it or five minutes, whichever is more, but never more than a quarter: sessions of seconds, as
    /// tests use, would be renewed all the time.
    static func early(_ lifetime: Duration) -> Duration {
        min(max(lifetime / 10, .seconds(300)), lifetime / 4)
    }

    /// Returns what must be left of credentials of that lifetime for them to serve while renewing fails.
    static func least(_ lifetime: Duration) -> Duration {
        min(reserve, lifetime / 10)
    }
}
