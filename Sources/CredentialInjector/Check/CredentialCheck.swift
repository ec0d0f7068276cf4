internal import FoundationEssentials
internal import ProcessEnvironment
internal import Synchronization

/// Tries, step by step, everything that stands between the settings and credentials, and says of each what came of it.
package struct CredentialCheck: Sendable {
    private let settings: CredentialSettings
    private let source: any IdentityTokenSource
    private let policy: RetryPolicy
    private let clock: CredentialClock
    private let onEvent: @Sendable (CredentialEvent) -> Void

    /// Creates a check; without a source, the one that the settings describe is asked.
    package init(
        settings: CredentialSettings,
        source: (any IdentityTokenSource)? = nil,
        policy: RetryPolicy = RetryPolicy(),
        clock: CredentialClock = .system,
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in }
    ) {
        self.settings = settings
        self.source = source ?? settings.makeTokenSource()
        self.policy = policy
        self.clock = clock
        self.onEvent = onEvent
    }

    /// Returns the report; that a step fails is no error.
    ///
    /// - Throws: ``CredentialError`` of code `cancelled` alone.
    package func run() async throws(CredentialError) -> CheckReport {
        var steps = [SettingsStep.step(of: settings)]
        let token: IdentityToken
        let acquired: AcquiredToken
        do {
            acquired = try await source.acquire()
            token = try IdentityToken(acquired.token, from: source.name)
        } catch {
            guard error.code != .cancelled else { throw error }
            steps.append(CheckStep("token", error))
            let rest = ["issuer", "signature", "exchange", "clock"]
            steps += rest.map { CheckStep($0, .skipped, "not tried: there is no token") }
            return CheckReport(steps: steps, failure: error)
        }
        onEvent(.tokenFetched(token, secrets: token.secrets + acquired.secrets))
        let (tokenStep, refusal) = TokenStep.step(
            of: token,
            from: source.name,
            odd: acquired.warnings,
            expecting: settings.expectation,
            now: clock.now()
        )
        steps.append(tokenStep)
        let verification = IssuerVerification(token: token, authorities: settings.authorities)
        let issuer = await verification.run()
        try checkCancellation()
        steps += issuer.steps
        if let refusal {
            steps.append(CheckStep("exchange", .skipped, "not tried: the token would not be sent, see above"))
            steps.append(ClockStep.step(now: clock.now(), server: issuer.serverTime, of: "the issuer"))
            return CheckReport(steps: steps, failure: refusal)
        }
        let exchange = try await exchange(token)
        steps.append(exchange.step)
        let server = exchange.serverTime ?? issuer.serverTime
        steps.append(
            ClockStep.step(now: clock.now(), server: server, of: exchange.serverTime == nil ? "the issuer" : "STS")
        )
        return CheckReport(steps: steps, failure: exchange.failure)
    }

    private func exchange(
        _ token: IdentityToken
    ) async throws(CredentialError) -> (step: CheckStep, serverTime: Date?, failure: CredentialError?) {
        let warnings = Mutex<[String]>([])
        let serverTime = Mutex<Date?>(nil)
        let exchange = WebIdentityExchange(
            settings: settings,
            source: FetchedTokenSource(token, then: source),
            policy: policy,
            clock: clock,
            onServerTime: { time in serverTime.withLock { $0 = time } },
            onEvent: { event in
                // What is odd about the token has been told.
                if case .warning(let text) = event { warnings.withLock { $0.append(text) } } else { onEvent(event) }
            }
        )
        do {
            let credentials = try await exchange.run()
            let known = Set((try? TokenCheck.check(token, expecting: TokenExpectation(), now: clock.now())) ?? [])
            let notes = warnings.withLock { $0 }.filter { !known.contains($0) }
            let step = CheckStep(
                "exchange",
                notes.isEmpty ? .passed : .warning,
                "STS at \(settings.endpoint.value.url) issued credentials",
                facts: credentials.facts,
                notes: notes
            )
            return (step, serverTime.withLock { $0 }, nil)
        } catch {
            guard error.code != .cancelled else { throw error }
            return (CheckStep("exchange", error), serverTime.withLock { $0 }, error)
        }
    }

    private func checkCancellation() throws(CredentialError) {
        guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
    }
}
