package import FoundationEssentials
internal import HTTPTransport
internal import ProcessEnvironment

/// Exchanges an identity token for credentials, by `AssumeRoleWithWebIdentity`.
package struct WebIdentityExchange: Sendable {
    private let settings: CredentialSettings
    private let source: any IdentityTokenSource
    private let client: HTTPClient
    private let policy: RetryPolicy
    private let clock: CredentialClock
    private let onServerTime: @Sendable (Date) -> Void
    private let onEvent: @Sendable (CredentialEvent) -> Void

    /// What one attempt came to.
    private enum Attempt {
        case issued(TemporaryCredentials)
        /// The same may succeed a moment later.
        ///
        /// The service may have said how long to wait.
        case transient(CredentialError, after: Duration?)
        /// A newer token may be accepted.
        case staleToken(CredentialError)
    }

    /// Creates an exchange; without a source, the one that the settings describe is asked.
    ///
    /// `onServerTime` gets the time that STS tells with each answer, that of a refusal included.
    package init(
        settings: CredentialSettings,
        source: (any IdentityTokenSource)? = nil,
        policy: RetryPolicy = RetryPolicy(),
        clock: CredentialClock = .system,
        onServerTime: @escaping @Sendable (Date) -> Void = { _ in },
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in }
    ) {
        self.settings = settings
        self.source = source ?? settings.makeTokenSource()
        var policy = policy
        policy.maximumAttempts = settings.maximumAttempts
        self.policy = policy
        self.clock = clock
        self.onServerTime = onServerTime
        self.onEvent = onEvent
        client = HTTPClient(destination: .network, tls: TLSSettings(authorities: settings.authorities?.value))
    }

    /// Fetches a token and checks it as an exchange would, without sending it.
    ///
    /// - Throws: ``CredentialError`` when there is none, or STS would refuse it for certain.
    package func token() async throws(CredentialError) -> IdentityToken {
        let acquired = try await source.acquire()
        try checkCancellation()
        let token = try IdentityToken(acquired.token, from: source.name)
        onEvent(.tokenFetched(token, secrets: token.secrets + acquired.secrets))
        for warning in acquired.warnings { onEvent(.warning(warning)) }
        for warning in try TokenCheck.check(token, expecting: settings.expectation, now: clock.now()) {
            onEvent(.warning(warning))
        }
        return token
    }

    /// Returns new credentials, asking again where that may help; each attempt fetches the token anew, but for the first
    /// one when there is one already.
    ///
    /// - Throws: ``CredentialError`` when STS refuses, or cannot be asked within the policy's bounds.
    package func run(with fetched: IdentityToken? = nil) async throws(CredentialError) -> TemporaryCredentials {
        let start = clock.elapsed()
        var refused: IdentityToken?
        var attempt = 0
        while true {
            attempt += 1
            let token = if let fetched, attempt == 1 { fetched } else { try await token() }
            if let refused, refused.secret == token.secret {
                throw CredentialError(
                    .expiredToken,
                    "STS says that the identity token expired, and the \(source.name) gives no newer one",
                    details: ClaimSummary.lines(of: token),
                    nextStep:
                        "give a fresh token; where it comes from a file, see that the file is still being renewed",
                    serviceCode: "ExpiredTokenException"
                )
            }
            let left = policy.deadline - (clock.elapsed() - start)
            let failure: CredentialError
            var wish: Duration?
            switch try await ask(with: token, number: attempt, within: min(policy.perAttempt, max(left, .seconds(1)))) {
            case .issued(let credentials):
                onEvent(.issued(credentials))
                return credentials
            case .staleToken(let error):
                // Once: a second fresh token that is refused as expired is a fault of the clock or the provider.
                guard refused == nil, attempt < policy.maximumAttempts else { throw error }
                refused = token
                failure = error
            case .transient(let error, let after):
                failure = error
                wish = after
            }
            let pause = policy.pause(afterAttempt: attempt, random: clock.random(), wish: wish)
            guard attempt < policy.maximumAttempts, clock.elapsed() - start + pause < policy.deadline else {
                throw failure
            }
            onEvent(.retrying(attempt: attempt, reason: failure.message, pause: pause))
            await clock.sleep(pause)
            try checkCancellation()
        }
    }

    private func ask(
        with token: IdentityToken,
        number: Int,
        within total: Duration
    ) async throws(CredentialError) -> Attempt {
        let request = WebIdentityRequest(settings: settings, token: token).httpRequest(total: total)
        let response: HTTPResponse
        // From before the answer was on its way, so that credentials are never thought to hold longer than they do.
        let start = clock.elapsed()
        do {
            response = try await client.send(request)
        } catch {
            let failure = Self.transportError(error, endpoint: settings.endpoint, attempts: number)
            guard error.isTransient else { throw failure }
            return .transient(failure, after: nil)
        }
        let serverTime = response.header("date").flatMap(ServiceTime.httpDate)
        if let serverTime { onServerTime(serverTime) }
        if response.status == 200 { return .issued(try credentials(from: response, token: token, askedAt: start)) }
        if 300..<400 ~= response.status { throw redirect(response) }
        let identifier = response.header("x-amzn-requestid")
        let failure = STSFailure(status: response.status, body: response.body, requestID: identifier)
        let error = STSDiagnosis.error(
            for: failure,
            token: token,
            settings: settings,
            attempts: number,
            now: clock.now(),
            serverTime: serverTime
        )
        if failure.isTransient { return .transient(error, after: RetryPolicy.wish(of: response)) }
        if failure.wantsFreshToken { return .staleToken(error) }
        throw error
    }

    private func credentials(
        from response: HTTPResponse,
        token: IdentityToken,
        askedAt start: Duration
    ) throws(CredentialError) -> TemporaryCredentials {
        let result: WebIdentityResult
        do {
            result = try WebIdentityResult(try XMLReader.read(response.body))
        } catch {
            throw CredentialError(
                .response,
                "the answer of \(settings.endpoint.value.url) is not one of STS: \(error.reason)",
                nextStep: "check AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL, and whether a proxy answers in its place"
            )
        }
        let local = clock.now()
        let server = response.header("date").flatMap(ServiceTime.httpDate)
        if let server, abs(server.timeIntervalSince(local)) > Double(ClockSkew.warning) {
            onEvent(
                .warning(
                    "this machine's clock differs from that of STS by "
                        + "\(Int(min(abs(server.timeIntervalSince(local)), 1e9))) s; AWS refuses requests at 300 s"
                )
            )
        }
        let lifetime = SessionLifetime.seconds(until: result.expiration, server: server, local: local)
        try SessionLifetime.check(lifetime, until: result.expiration, from: settings.endpoint.value.url)
        let credentials = TemporaryCredentials(
            accessKeyID: result.accessKeyID,
            secretAccessKey: result.secretAccessKey,
            sessionToken: result.sessionToken,
            expiration: result.expiration,
            assumedRoleARN: result.assumedRoleARN,
            audience: result.audience,
            subject: result.subject,
            provider: result.provider,
            sourceIdentity: result.sourceIdentity,
            packedPolicySize: result.packedPolicySize,
            lifetime: .seconds(lifetime),
            issuedAt: start,
            identitySecrets: token.secrets
        )
        try AllowedAccounts.check(credentials, settings)
        return credentials
    }

    private func redirect(_ response: HTTPResponse) -> CredentialError {
        let location = response.header("location")?.prefix { $0 != "?" && $0 != "#" }
        let target = location.map { " to \(DisplayText.clean(String($0), limit: 120))" } ?? ""
        return CredentialError(
            .response,
            "\(settings.endpoint.value.url) answered with a redirect (HTTP status \(response.status))\(target), "
                + "which is not followed: the identity token would go there",
            nextStep: "set AWS_ENDPOINT_URL_STS to the right URL, or unset it"
        )
    }

    static func transportError(
        _ error: HTTPTransportError,
        endpoint: Setting<STSEndpoint>,
        attempts: Int
    ) -> CredentialError {
        let url = endpoint.value.url
        let times = attempts > 1 ? " after \(attempts) attempts" : ""
        let reason = DisplayText.clean(error.message)
        switch error.code {
        case .cancelled: return CredentialError(.cancelled, "cancelled")
        case .certificate:
            return CredentialError(
                .transport,
                "the certificate of \(url) is not trusted: \(reason)",
                nextStep: "where STS has an authority of its own, set AWS_CA_BUNDLE to its certificate"
            )
        case .tls:
            return CredentialError(
                .transport,
                "there is no TLS connection with \(url): \(reason)",
                nextStep: "check that the URL (\(endpoint.origin)) is that of a server with TLS 1.2 or later"
            )
        case .tooLarge:
            return CredentialError(
                .response,
                "the answer of \(url) is larger than any of STS: \(reason)",
                nextStep: "check AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL, and whether a proxy answers in its place"
            )
        case .unreachable, .timedOut, .interrupted:
            return CredentialError(
                .temporary,
                "STS at \(url) cannot be reached\(times): \(reason)",
                nextStep: "check the network and the proxy settings, or try again later"
            )
        default:
            return CredentialError(.response, "STS at \(url) cannot be asked: \(reason)")
        }
    }

    private func checkCancellation() throws(CredentialError) {
        guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
    }
}
