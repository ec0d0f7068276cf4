internal import ProcessEnvironment

/// Hands out credentials that still hold, and renews them before they end.
///
/// However many ask at once, one exchange is made: the first caller makes it, and the others wait for it. When that
/// caller is cancelled, one of the others takes over; when another is, it alone stops waiting. A failure is told to
/// those who waited for it and is then forgotten, except that credentials which still hold go on being handed out.
package actor CredentialProvider {
    /// How long a failed renewal is not tried again while the old credentials serve.
    private static let renewalPause = Duration.seconds(15)

    private let exchange: @Sendable () async throws(CredentialError) -> TemporaryCredentials
    private let clock: CredentialClock
    private let onEvent: @Sendable (CredentialEvent) -> Void

    private var current: TemporaryCredentials?
    private var isExchanging = false
    private var waiters: [CredentialWaiter] = []
    private var pausedUntil: Duration?

    /// Creates a provider that makes its exchanges by `exchange`.
    package init(
        clock: CredentialClock = .system,
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in },
        exchange: @escaping @Sendable () async throws(CredentialError) -> TemporaryCredentials
    ) {
        self.exchange = exchange
        self.clock = clock
        self.onEvent = onEvent
    }

    /// Creates a provider for settings.
    package init(
        settings: CredentialSettings,
        clock: CredentialClock = .system,
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in }
    ) {
        let exchange = WebIdentityExchange(settings: settings, clock: clock, onEvent: onEvent)
        self.init(clock: clock, onEvent: onEvent) { () async throws(CredentialError) -> TemporaryCredentials in
            try await exchange.run()
        }
    }

    /// Returns credentials that hold for a while yet, from before or from a new exchange.
    ///
    /// - Throws: ``CredentialError`` when there are none that hold and none can be had.
    package func credentials() async throws(CredentialError) -> TemporaryCredentials {
        while true {
            guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
            if let ready = ready() { return ready }
            guard isExchanging else { return try await exchangeForAll() }
            let waiter = CredentialWaiter()
            waiters.append(waiter)
            switch await waiter.wait() {
            case .done(let credentials): return credentials
            case .failed(let error): throw error
            // The caller that made the exchange is gone: look again, and perhaps make it.
            case .again: continue
            }
        }
    }

    /// The credentials at hand, when no exchange is due, or while one is being made or has just failed.
    private func ready() -> TemporaryCredentials? {
        guard let current else { return nil }
        let now = clock.elapsed()
        let remaining = current.remaining(at: now)
        if remaining > RefreshWindow.early(current.lifetime) { return current }
        let isPaused = pausedUntil.map { now < $0 } ?? false
        return (isExchanging || isPaused) && remaining > RefreshWindow.least(current.lifetime) ? current : nil
    }

    private func exchangeForAll() async throws(CredentialError) -> TemporaryCredentials {
        isExchanging = true
        let outcome: CredentialWaiter.Outcome
        do {
            let credentials = try await exchange()
            current = credentials
            pausedUntil = nil
            outcome = .done(credentials)
        } catch {
            outcome = outcomeOfFailure(error)
        }
        isExchanging = false
        let waiting = waiters
        waiters = []
        for waiter in waiting { waiter.resume(with: outcome) }
        switch outcome {
        case .done(let credentials): return credentials
        case .failed(let error): throw error
        case .again: throw CredentialError(.cancelled, "cancelled")
        }
    }

    private func outcomeOfFailure(_ error: CredentialError) -> CredentialWaiter.Outcome {
        if error.code == .cancelled || Task.isCancelled { return .again }
        let now = clock.elapsed()
        guard let current else { return .failed(error) }
        let remaining = current.remaining(at: now)
        guard remaining > RefreshWindow.least(current.lifetime) else { return .failed(error) }
        pausedUntil = now + Self.renewalPause
        onEvent(.refreshFailed(error, remaining: remaining))
        return .done(current)
    }
}
