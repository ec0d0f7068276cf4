import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

struct ExchangeTests {
    private struct Run {
        let server: LoopbackServer
        let source: ScriptedTokenSource
        let clock = TestClock()
        let log = EventLog()

        init(_ replies: [LoopbackReply], tokens: [String] = [TokenFactory.text()]) throws {
            server = try LoopbackServer(replies)
            source = ScriptedTokenSource(tokens)
        }

        func credentials(
            audience: String? = TokenFactory.audience,
            environment: EnvironmentVariables = [:],
            policy: RetryPolicy = RetryPolicy()
        ) async throws -> TemporaryCredentials {
            let settings = try Samples.settings(endpoint: server.url, audience: audience, environment: environment)
            let exchange = WebIdentityExchange(
                settings: settings,
                source: source,
                policy: policy,
                clock: clock.clock,
                onEvent: log.append
            )
            return try await exchange.run()
        }

        func error(policy: RetryPolicy = RetryPolicy()) async -> CredentialError? {
            let error = await #expect(throws: CredentialError.self) { try await credentials(policy: policy) }
            let shown = error.map { "\($0)" } ?? ""
            #expect(!shown.contains(TokenFactory.text()))
            return error
        }
    }

    private static let good = LoopbackReply.response(200, Samples.answer(), headers: [Samples.date])

    @Test func `a token is exchanged for credentials`() async throws {
        let run = try Run([Self.good])
        let credentials = try await run.credentials()
        #expect(credentials.accessKeyID == "ASIAEXAMPLE")
        #expect(credentials.lifetime == .seconds(3600))
        #expect(credentials.accountID == "112233445566")
        #expect(run.log.warnings.isEmpty)
        let request = try #require(run.server.requests.first)
        #expect(request.lines.first == "POST / HTTP/1.1")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(request.header("Authorization") == nil)
        #expect(request.header("Expect") == nil)
        #expect(request.body.hasSuffix("&WebIdentityToken=\(TokenFactory.text())"))
    }

    @Test func `a token for another audience is not sent`() async throws {
        let run = try Run([Self.good])
        let error = await #expect(throws: CredentialError.self) { try await run.credentials(audience: "other") }
        #expect(error?.code == .audience)
        #expect(run.server.requests.isEmpty)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let code: String
        let attempts: Int
        let kind: CredentialError.Kind
        var message = ""

        var testDescription: String { "\(status) \(code) \(message)" }
    }

    static let cases = [
        Case(status: 403, code: "AccessDenied", attempts: 1, kind: .refused),
        Case(
            status: 400,
            code: "InvalidIdentityToken",
            attempts: 1,
            kind: .refused,
            message: "Incorrect token audience"
        ),
        Case(
            status: 400,
            code: "InvalidIdentityToken",
            attempts: 3,
            kind: .temporary,
            message: "Couldn't retrieve verification key from your identity provider"
        ),
        Case(status: 400, code: "IDPCommunicationError", attempts: 3, kind: .temporary),
        Case(status: 403, code: "IDPRejectedClaim", attempts: 1, kind: .refused),
        Case(status: 400, code: "MalformedPolicyDocument", attempts: 1, kind: .refused),
        Case(status: 400, code: "PackedPolicyTooLarge", attempts: 1, kind: .refused),
        Case(status: 403, code: "RegionDisabledException", attempts: 1, kind: .refused),
        Case(
            status: 400,
            code: "ValidationError",
            attempts: 1,
            kind: .refused,
            message: "exceeds the MaxSessionDuration"
        ),
        Case(status: 400, code: "Throttling", attempts: 3, kind: .temporary),
        Case(status: 429, code: "Unknown", attempts: 3, kind: .temporary),
        Case(status: 500, code: "InternalFailure", attempts: 3, kind: .temporary),
        Case(status: 503, code: "ServiceUnavailable", attempts: 3, kind: .temporary),
    ]

    @Test(arguments: cases)
    func `each error of STS is tried as often as it makes sense`(_ expected: Case) async throws {
        let run = try Run([.response(expected.status, Samples.failure(expected.code, expected.message))])
        let error = await run.error()
        #expect(error?.kind == expected.kind)
        #expect(error?.nextStep != nil)
        #expect(run.server.requests.count == expected.attempts)
        #expect(run.source.fetches == expected.attempts)
        #expect(run.clock.pauses.count == expected.attempts - 1)
    }

    @Test func `a refusal shows the claims, the role and what the trust policy must say`() async throws {
        let run = try Run([.response(403, Samples.failure("AccessDenied", "Not authorized"))])
        let shown = await run.error().map { "\($0)" } ?? ""
        for part in [
            "AccessDenied: Not authorized", "token iss: https://issuer.example.com",
            "token aud: \(TokenFactory.audience)",
            "token sub: \(TokenFactory.subject)", "token exp: 2023-11-14T23:13:20Z", "role: \(Samples.role)",
            "expected audience: \(TokenFactory.audience) (option --audience)", "request id: r-2",
            "arn:aws:iam::112233445566:oidc-provider/issuer.example.com",
            "issuer.example.com:sub = \(TokenFactory.subject)",
        ] { #expect(shown.contains(part), "\(part)") }
    }

    @Test func `it goes on when a later attempt succeeds`() async throws {
        let run = try Run([.response(500, "oops"), .nothing, Self.good])
        #expect(try await run.credentials().accessKeyID == "ASIAEXAMPLE")
        #expect(run.server.requests.count == 3)
        #expect(run.clock.pauses == [.milliseconds(200), .milliseconds(400)])
    }

    @Test func `AWS_MAX_ATTEMPTS of 1 means no second attempt`() async throws {
        let run = try Run([.response(500)])
        await #expect(throws: CredentialError.self) {
            try await run.credentials(environment: ["AWS_MAX_ATTEMPTS": "1"])
        }
        #expect(run.server.requests.count == 1)
    }

    @Test func `no attempt begins after the deadline`() async throws {
        let run = try Run([.response(500)])
        var policy = RetryPolicy()
        policy.deadline = .milliseconds(300)
        #expect(await run.error(policy: policy)?.kind == .temporary)
        #expect(run.server.requests.count == 2)
    }

    @Test func `an expired token is replaced by a fresh one once`() async throws {
        let expired = LoopbackReply.response(400, Samples.failure("ExpiredTokenException", "Token expired"))
        let fresh = TokenFactory.text(payload: TokenFactory.payload(expiration: 1_700_009_999))
        let run = try Run([expired, Self.good], tokens: [TokenFactory.text(), fresh])
        #expect(try await run.credentials().accessKeyID == "ASIAEXAMPLE")
        #expect(run.server.requests.last?.body.hasSuffix(fresh) == true)
    }

    @Test func `the same expired token is not sent again`() async throws {
        let run = try Run([.response(400, Samples.failure("ExpiredTokenException", "Token expired"))])
        #expect(await run.error()?.code == .expiredToken)
        #expect(run.server.requests.count == 1)
        #expect(run.source.fetches == 2)
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect is not followed`(_ status: Int) async throws {
        let other = try LoopbackServer([Self.good])
        let run = try Run([.response(status, "", headers: ["Location: \(other.url)?token=x"])])
        let error = await run.error()
        #expect(error?.code == .response)
        #expect(error?.message.contains("redirect") == true)
        #expect(error?.message.contains("token=x") == false)
        #expect(other.requests.isEmpty)
        #expect(run.server.requests.count == 1)
    }

    @Test func `HTML in place of an answer is named`() async throws {
        let run = try Run([.response(200, "<html><body>Sign in</body></html>")])
        let error = await run.error()
        #expect(error?.code == .response)
        #expect(error?.message.contains("html document") == true)
    }

    @Test func `HTML with an error status is not taken for STS`() async throws {
        let run = try Run([.response(404, "<!DOCTYPE html><html>Not Found</html>")])
        #expect(await run.error()?.message.contains("HTTP status 404") == true)
    }

    @Test func `a body of 10 MB is cut off`() async throws {
        let run = try Run([.response(200, bytes: [UInt8](repeating: 65, count: 10_000_000))])
        #expect(await run.error()?.code == .response)
        #expect(run.server.requests.count == 1)
    }

    @Test func `an entity bomb is refused`() async throws {
        let bomb = #"<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>"#
        let run = try Run([.response(200, bomb + Samples.answer(around: ("", "&b;")))])
        #expect(await run.error()?.message.contains("DOCTYPE") == true)
    }

    @Test func `a body that comes too slowly is given up`() async throws {
        let run = try Run([.dripping(Samples.answer(), pause: .milliseconds(100))])
        var policy = RetryPolicy()
        policy.perAttempt = .milliseconds(400)
        let error = await run.error(policy: policy)
        #expect(error?.kind == .temporary)
        #expect(run.server.requests.count == 3)
    }

    @Test func `a body that is cut off is tried again`() async throws {
        let run = try Run([.cutOff(Samples.answer()), Self.good])
        #expect(try await run.credentials().accessKeyID == "ASIAEXAMPLE")
    }

    @Test func `nobody listening is a temporary failure`() async throws {
        let port = try LoopbackServer([.nothing]).port
        let settings = try Samples.settings(endpoint: "http://127.0.0.1:\(port)")
        let clock = TestClock()
        let exchange = WebIdentityExchange(settings: settings, source: ScriptedTokenSource(), clock: clock.clock)
        let error = await #expect(throws: CredentialError.self) { try await exchange.run() }
        #expect(error?.kind == .temporary)
        #expect(clock.pauses.count == 2)
    }

    @Test func `a server without TLS is refused`() async throws {
        let server = try LoopbackServer([Self.good])
        let settings = try Samples.settings(endpoint: "https://127.0.0.1:\(server.port)")
        let source = ScriptedTokenSource()
        let exchange = WebIdentityExchange(settings: settings, source: source, clock: TestClock().clock)
        let error = await #expect(throws: CredentialError.self) { try await exchange.run() }
        #expect(error?.code == .transport)
        #expect(source.fetches == 1)
    }

    @Test func `a refusal of a token that ended meanwhile says so`() async throws {
        let answer = Samples.failure("AccessDenied")
        let run = try Run([.response(403, answer, headers: ["Date: Wed, 15 Nov 2023 00:00:00 GMT"])])
        #expect(await run.error()?.nextStep?.contains("expired before 2023-11-15T00:00:00Z") == true)
    }

    @Test func `a certificate authority that cannot be read is an error`() async throws {
        let server = try LoopbackServer([Self.good])
        let settings = try Samples.settings(
            endpoint: "https://127.0.0.1:\(server.port)",
            environment: ["AWS_CA_BUNDLE": "/no/such/authority.pem"]
        )
        let exchange = WebIdentityExchange(settings: settings, source: ScriptedTokenSource(), clock: TestClock().clock)
        let error = await #expect(throws: CredentialError.self) { try await exchange.run() }
        #expect(error?.kind == .refused)
        #expect(error.map { "\($0)" }?.contains("AWS_CA_BUNDLE") == true, "\(error.map { "\($0)" } ?? "")")
        #expect(server.requests.isEmpty)
    }

    @Test func `credentials that have already ended are refused`() async throws {
        let answer = Samples.answer(expiration: "2023-11-14T22:00:00Z")
        let run = try Run([.response(200, answer, headers: [Samples.date])])
        let error = await run.error()
        #expect(error?.code == .response)
        #expect(error?.message.hasSuffix("issued credentials that ended at 2023-11-14T22:00:00Z") == true)
        #expect(error?.nextStep?.contains("check the clocks") == true)
    }

    @Test func `credentials that end later than any session are refused, and not said to have ended`() async throws {
        let answer = Samples.answer(expiration: "2099-01-01T00:00:00Z")
        let run = try Run([.response(200, answer, headers: [Samples.date])])
        let error = await run.error()
        #expect(error?.code == .response)
        #expect(error?.message.hasSuffix("that end at 2099-01-01T00:00:00Z, later than any session can") == true)
        #expect(error?.nextStep?.contains("12 hours at most") == true)
    }

    @Test func `a wrong clock of this machine is a warning and does not shorten the credentials`() async throws {
        let answer = Samples.answer(expiration: "2023-11-15T00:00:00Z")
        let run = try Run([.response(200, answer, headers: ["Date: Tue, 14 Nov 2023 23:00:00 GMT"])])
        // Less the second that the server's date may be old.
        #expect(try await run.credentials().lifetime == .seconds(3599))
        #expect(run.log.warnings.count == 1)
    }

    @Test func `a pause that STS wishes for is kept`() async throws {
        let busy = LoopbackReply.response(503, Samples.failure("SlowDown"), headers: ["Retry-After: 2"])
        let run = try Run([busy, Self.good])
        _ = try await run.credentials()
        #expect(run.clock.pauses == [.seconds(2)])
    }

    @Test func `credentials of another account than allowed are not used`() async throws {
        let answer = Samples.answer().replacing("sts::112233445566:", with: "sts::999999999999:")
        for (body, account) in [
            (answer, "999999999999"),
            (answer.replacing("<Arn>", with: "<Arm>").replacing("</Arn>", with: "</Arm>"), "''"),
        ] {
            let run = try Run([.response(200, body, headers: [Samples.date])])
            let error = await #expect(throws: CredentialError.self) {
                try await run.credentials(environment: ["OKTETO_RUN_ALLOWED_ACCOUNT": "112233445566"])
            }
            #expect(error?.code == .refused)
            #expect(error?.message.contains(account) == true)
            #expect(!run.log.events.contains { if case .issued = $0 { true } else { false } })
        }
    }

    @Test func `the right account is allowed, and the source identity is kept`() async throws {
        let answer = Samples.answer(around: ("", "<SourceIdentity>me</SourceIdentity>"))
        let run = try Run([.response(200, answer, headers: [Samples.date])])
        let credentials = try await run.credentials(environment: ["OKTETO_RUN_ALLOWED_ACCOUNT": "112233445566"])
        #expect(credentials.sourceIdentity == "me")
        #expect(credentials.provider?.hasSuffix("oidc-provider/issuer.example.com") == true)
        #expect(credentials.packedPolicySize == nil)
    }

    @Test func `cancelling ends an exchange at once`() async throws {
        let run = try Run([.silence])
        var start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let error = await #expect(throws: CredentialError.self) { try await run.credentials() }
                #expect(error?.code == .cancelled)
            }
            while run.server.requests.isEmpty { try? await Task.sleep(for: .milliseconds(5)) }
            start = .now
            group.cancelAll()
        }
        // Without cancellation it would be 15 s, the bound of one attempt.
        #expect(ContinuousClock.now - start < .seconds(12))
    }
}
