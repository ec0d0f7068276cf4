internal import FoundationEssentials
internal import HTTPTransport
package import ProcessEnvironment

/// Looks at what an exchange will need, without making one: the settings, a token, the way to STS, and the clock.
package struct CredentialSurvey: Sendable {
    private let settings: CredentialSettings
    private let source: any IdentityTokenSource
    private let clock: CredentialClock
    private let onSecrets: @Sendable ([Secret]) -> Void

    /// Creates a survey; without a source, the one that the settings describe is asked.
    ///
    /// `onSecrets` gets what must not be shown before it could be.
    package init(
        settings: CredentialSettings,
        source: (any IdentityTokenSource)? = nil,
        clock: CredentialClock = .system,
        onSecrets: @escaping @Sendable ([Secret]) -> Void
    ) {
        self.settings = settings
        self.source = source ?? settings.makeTokenSource()
        self.clock = clock
        self.onSecrets = onSecrets
    }

    /// Returns the report, with the steps `settings`, `token`, `endpoint` and `clock`; that a step fails is no error.
    ///
    /// - Throws: ``CredentialError`` of code `cancelled` alone.
    package func run() async throws(CredentialError) -> CheckReport {
        let (token, refusal) = try await token()
        let (endpoint, unreachable, serverTime) = try await endpoint()
        let steps = [
            SettingsStep.step(of: settings), token, endpoint,
            ClockStep.step(now: clock.now(), server: serverTime, of: "STS"),
        ]
        return CheckReport(steps: steps, failure: refusal ?? unreachable)
    }

    private func token() async throws(CredentialError) -> (CheckStep, CredentialError?) {
        do {
            let acquired = try await source.acquire()
            onSecrets(acquired.secrets)
            let token = try IdentityToken(acquired.token, from: source.name)
            onSecrets(token.secrets)
            return TokenStep.step(
                of: token,
                from: source.name,
                odd: acquired.warnings,
                expecting: settings.expectation,
                now: clock.now()
            )
        } catch {
            guard error.code != .cancelled else { throw error }
            return (CheckStep("token", error), error)
        }
    }

    /// Asks STS for nothing: any answer shows that it can be reached and has a certificate that is trusted.
    private func endpoint() async throws(CredentialError) -> (CheckStep, CredentialError?, Date?) {
        let url = settings.endpoint.value.url
        let client = HTTPClient(destination: .network, tls: TLSSettings(authorities: settings.authorities?.value))
        do {
            let response = try await client.send(HTTPRequest(url: url))
            let step = CheckStep("endpoint", .passed, "STS at \(url) answers")
            return (step, nil, response.header("date").flatMap(ServiceTime.httpDate))
        } catch {
            guard error.code != .cancelled else { throw CredentialError(.cancelled, "cancelled") }
            let failure = WebIdentityExchange.transportError(error, endpoint: settings.endpoint, attempts: 1)
            return (CheckStep("endpoint", failure), failure, nil)
        }
    }
}
