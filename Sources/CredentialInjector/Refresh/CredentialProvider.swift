internal import ProcessEnvironment

/// Hands out credentials that still hold, and renews them before they end.
///
/// However many ask at once, one exchange is made, and all wait for it. While ``keep()`` runs, it is the one that makes
/// the exchanges: whoever waits may be cancelled without an effect on the others, and while the credentials at hand
/// still hold, nobody waits long. Without it the first caller makes the exchange; when that caller is cancelled, one of
/// the others takes over. A failure is told to those who waited for it and is then forgotten, except that credentials
/// which still hold go on being handed out.
package actor CredentialProvider {
    /// How long a failed renewal is not tried again while the old credentials serve; up to as much again is added.
    private static let renewalPause = Duration.seconds(15)

    private let exchange: @Sendable () async throws(CredentialError) -> TemporaryCredentials
    private let window: RefreshWindow
    private let clock: CredentialClock
    private let onEvent: @Sendable (CredentialEvent) -> Void

    private var current: TemporaryCredentials?
    private var isExchanging = false
    private var waiters: [CredentialWaiter] = []
    private var pausedUntil: Duration?
    /// Asks ``keep()`` for an exchange; nil while it does not run.
    private var demand: AsyncStream<Void>.Continuation?

    /// Creates a provider that makes its exchanges by `exchange`.
    package init(
        window: RefreshWindow = .commands,
        clock: CredentialClock = .system,
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in },
        exchange: @escaping @Sendable () async throws(CredentialError) -> TemporaryCredentials
    ) {
        self.exchange = exchange
        self.window = window
        self.clock = clock
        self.onEvent = onEvent
    }

    /// Creates a provider for settings; `cached` keeps the credentials on the disk, for other processes.
    package init(
        settings: CredentialSettings,
        window: RefreshWindow = .commands,
        cached: Bool = false,
        clock: CredentialClock = .system,
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in }
    ) {
        let exchange = WebIdentityExchange(settings: settings, clock: clock, onEvent: onEvent)
        guard !cached else {
            let cachedExchange = CachedExchange(
                settings: settings,
                window: window,
                exchange: exchange,
                clock: clock,
                onEvent: onEvent
            )
            self.init(window: window, clock: clock, onEvent: onEvent) {
                () async throws(CredentialError) -> TemporaryCredentials in try await cachedExchange.run()
            }
            return
        }
        self.init(window: window, clock: clock, onEvent: onEvent) {
            () async throws(CredentialError) -> TemporaryCredentials in try await exchange.run()
        }
    }

    /// Makes the exchanges that callers of ``credentials(patience:)`` need, until the task is cancelled.
    ///
    /// It makes none by itself: a program that runs for hours without asking costs no exchange. A second one beside the
    /// first ends at once.
    package func keep() async {
        guard demand == nil else { return }
        let (demands, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        demand = continuation
        for await _ in demands {
            let outcome = await makeExchange()
            finish(with: outcome)
        }
        demand = nil
        // A demand may have come that is not served any more: then one of those who wait takes over.
        if isExchanging { finish(with: .again) }
    }

    /// Whether ``keep()`` runs.
    var isKept: Bool { demand != nil }

    /// Returns credentials that hold for a while yet, from before or from a new exchange.
    ///
    /// When it is time to renew them and they still hold, and ``keep()`` runs, the caller waits for new ones only up to
    /// `patience`; the others who ask meanwhile do not wait at all.
    ///
    /// - Throws: ``CredentialError`` when there are none that hold and none can be had.
    package func credentials(
        patience: Duration = .seconds(10)
    ) async throws(CredentialError) -> TemporaryCredentials {
        while true {
            guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
            if let ready = ready() { return ready }
            let waiter = CredentialWaiter()
            let limit = isUsable ? patience : nil
            if !isExchanging {
                isExchanging = true
                guard let demand else { return try await exchangeForAll() }
                demand.yield()
            }
            waiters.append(waiter)
            switch await outcome(of: waiter, within: limit) {
            case .done(let credentials): return credentials
            case .failed(let error): throw error
            // The patience is over, or whoever made the exchange is gone: look again, and perhaps make it.
            case .again: continue
            }
        }
    }

    /// The credentials at hand, when no exchange is due, or while one is being made or has just failed.
    private func ready() -> TemporaryCredentials? {
        guard let current else { return nil }
        let now = clock.elapsed()
        if current.remaining(at: now) > window.early(current) { return current }
        let isPaused = pausedUntil.map { now < $0 } ?? false
        return (isExchanging || isPaused) && isUsable ? current : nil
    }

    /// Whether the credentials at hand serve while there are no newer ones.
    private var isUsable: Bool {
        guard let current else { return false }
        return current.remaining(at: clock.elapsed()) > RefreshWindow.least(current.lifetime)
    }

    private nonisolated func outcome(
        of waiter: CredentialWaiter,
        within limit: Duration?
    ) async -> CredentialWaiter.Outcome {
        guard let limit else { return await waiter.wait() }
        return await withTaskGroup(of: Void.self) { [clock] group in
            group.addTask {
                await clock.sleep(limit)
                waiter.resume(with: .again)
            }
            let outcome = await waiter.wait()
            group.cancelAll()
            return outcome
        }
    }

    private func exchangeForAll() async throws(CredentialError) -> TemporaryCredentials {
        let outcome = await makeExchange()
        finish(with: outcome)
        switch outcome {
        case .done(let credentials): return credentials
        case .failed(let error): throw error
        case .again: throw CredentialError(.cancelled, "cancelled")
        }
    }

    private func makeExchange() async -> CredentialWaiter.Outcome {
        do {
            let credentials = try await exchange()
            current = credentials
            let now = clock.elapsed()
            // What comes from a cache may be due already, where it could not be renewed.
            pausedUntil = credentials.remaining(at: now) > window.early(credentials) ? nil : now + Self.renewalPause
            return .done(credentials)
        } catch {
            return outcomeOfFailure(error)
        }
    }

    private func finish(with outcome: CredentialWaiter.Outcome) {
        isExchanging = false
        let waiting = waiters
        waiters = []
        for waiter in waiting { waiter.resume(with: outcome) }
    }

    private func outcomeOfFailure(_ error: CredentialError) -> CredentialWaiter.Outcome {
        if error.code == .cancelled || Task.isCancelled { return .again }
        guard let current, isUsable else { return .failed(error) }
        let now = clock.elapsed()
        pausedUntil = now + Self.renewalPause + Self.renewalPause * clock.random()
        onEvent(.refreshFailed(error, remaining: current.remaining(at: now)))
        return .done(current)
    }
}
