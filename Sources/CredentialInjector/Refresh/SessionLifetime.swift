internal import FoundationEssentials

/// How long credentials hold from now on, when the clock of STS may differ from the one here.
enum SessionLifetime {
    /// Thirty years; the longest session of AWS takes 12 hours, but other services have their own.
    private static let longest = 1e9

    /// Checks that credentials hold now, and no longer than any can.
    ///
    /// - Throws: ``CredentialError`` of code `response` that says which of both is wrong.
    static func check(_ seconds: Double, until expiration: Date, from url: String) throws(CredentialError) {
        guard seconds <= 0 || seconds >= longest else { return }
        let time = ServiceTime.text(expiration)
        throw CredentialError(
            .response,
            seconds <= 0
                ? "\(url) issued credentials that ended at \(time)"
                : "\(url) issued credentials that end at \(time), later than any session can",
            nextStep: seconds <= 0
                ? "check the clocks of this machine and of the service"
                : "check that \(url) is an STS, and its clock; a session of AWS takes 12 hours at most"
        )
    }

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
