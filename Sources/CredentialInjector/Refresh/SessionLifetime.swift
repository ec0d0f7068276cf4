internal import FoundationEssentials

/// How long credentials hold from now on, when the clock of STS may differ from the one here.
enum SessionLifetime {
    /// Returns the seconds until `expiration`, which is a time of STS's clock; 0 or less when it has passed.
    ///
    /// `server` is the `Date` of the answer, whole seconds of the same clock, so it may be up to a second old. Where the
    /// clock here agrees with it, that one is used, being exact; else the second is taken off, since credentials must
    /// not be thought to hold longer than they do.
    static func seconds(until expiration: Date, server: Date?, local: Date) -> Double {
        guard let server else { return expiration.timeIntervalSince(local) }
        let age = local.timeIntervalSince(server)
        return expiration.timeIntervalSince((0..<2).contains(age) ? local : server.addingTimeInterval(1))
    }
}
