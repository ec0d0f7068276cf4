import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

struct CredentialCheckTests {
    private static let good = LoopbackReply.response(200, Samples.answer(), headers: [Samples.date])

    /// Checks with an issuer that is not there.
    private func report(
        _ replies: [LoopbackReply] = [good],
        audience: String? = TokenFactory.audience,
        tokens: [String] = [TokenFactory.text()],
        environment: EnvironmentVariables = [:]
    ) async throws -> (report: CheckReport, requests: Int) {
        let server = try LoopbackServer(replies)
        let settings = try Samples.settings(endpoint: server.url, audience: audience, environment: environment)
        let check = CredentialCheck(
            settings: settings,
            source: ScriptedTokenSource(tokens.map(Self.withLocalIssuer)),
            clock: TestClock().clock
        )
        return (try await check.run(), server.requests.count)
    }

    /// The test's issuer is a name of the internet, which no test may ask.
    private static func withLocalIssuer(_ token: String) -> String {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let payload = Base64URL.decode(Array(parts[1].utf8)) else { return token }
        let text = String(decoding: payload, as: UTF8.self).replacing(
            "https://issuer.example.com",
            with: "http://127.0.0.1:1"
        )
        return "\(parts[0]).\(TokenFactory.encode(text)).\(parts[2])"
    }

    private func outcomes(_ report: CheckReport) -> [String] { report.steps.map { "\($0.name) \($0.outcome)" } }

    private func expectNoSecret(_ report: CheckReport) {
        let shown = report.lines.joined(separator: "\n") + report.json(exitStatus: 0).text
        for needle in [Samples.secretKey, Samples.sessionToken, "c2lnbmF0dXJl", "eyJ"] {
            #expect(!shown.contains(needle))
        }
    }

    @Test func `an exchange that succeeds shows role, end and clock`() async throws {
        let (report, requests) = try await report()
        #expect(requests == 1)
        #expect(report.failure == nil)
        #expect(
            outcomes(report) == [
                "settings passed", "token warning", "issuer warning", "signature skipped", "exchange passed",
                "clock passed",
            ]
        )
        let shown = report.lines.joined(separator: "\n")
        for part in [
            Samples.role, "option --role-arn", "assumed-role/okteto-credentials/okteto-run",
            "2023-11-14T23:13:20Z, 3600 s",
            "oidc-provider/issuer.example.com", TokenFactory.subject, "differs by 0 seconds from that of STS",
        ] { #expect(shown.contains(part), "\(part)") }
        expectNoSecret(report)
    }

    @Test func `a source identity and policies are shown`() async throws {
        let answer = Samples.answer(
            around: ("", "<SourceIdentity>me</SourceIdentity><PackedPolicySize>6</PackedPolicySize>")
        )
        let (report, _) = try await report(
            [.response(200, answer, headers: [Samples.date])],
            audience: nil,
            environment: [
                "OKTETO_RUN_SESSION_POLICY": "{}", "OKTETO_RUN_POLICY_ARN": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "OKTETO_RUN_ALLOWED_ACCOUNT": "112233445566", "OKTETO_RUN_DURATION": "1h",
            ]
        )
        let shown = report.lines.joined(separator: "\n")
        for part in [
            "source identity  me", "6 % of", "session policy", "ReadOnlyAccess", "variable OKTETO_RUN_ALLOWED_ACCOUNT",
            "3600 s  (variable OKTETO_RUN_DURATION)", "any  (default)",
        ] { #expect(shown.contains(part), "\(part) in \(shown)") }
    }

    @Test func `a token for another audience is not exchanged, but its issuer is still asked`() async throws {
        let (report, requests) = try await report(audience: "other")
        #expect(requests == 0)
        #expect(report.failure?.code == .audience)
        #expect(
            outcomes(report).dropFirst() == [
                "token failed", "issuer warning", "signature skipped", "exchange skipped", "clock skipped",
            ]
        )
        #expect(report.lines.contains { $0.contains("aud") && $0.contains(TokenFactory.audience) })
        expectNoSecret(report)
    }

    @Test func `without a token the rest is skipped`() async throws {
        let (report, requests) = try await report(tokens: ["hunter2"])
        #expect(requests == 0)
        #expect(report.failure?.code == .token)
        #expect(report.steps.count == 6)
        #expect(report.steps.dropFirst(2).allSatisfy { $0.outcome == .skipped })
    }

    @Test func `a refusal shows what it means and the clock of STS`() async throws {
        let refusal = LoopbackReply.response(
            403,
            Samples.failure("AccessDenied", "Not authorized"),
            headers: ["Date: Tue, 14 Nov 2023 22:23:20 GMT"]
        )
        let (report, _) = try await report([refusal])
        #expect(report.failure?.serviceCode == "AccessDenied")
        let shown = report.lines.joined(separator: "\n")
        #expect(shown.contains("it means: the role's trust policy does not let this token in"))
        #expect(shown.contains("this machine is 600 seconds behind STS"))
        #expect(outcomes(report).last == "clock warning")
        expectNoSecret(report)
    }

    @Test func `a clock that is ahead is told`() async throws {
        let early = LoopbackReply.response(200, Samples.answer(), headers: ["Date: Tue, 14 Nov 2023 22:03:20 GMT"])
        let (report, _) = try await report([early])
        #expect(report.failure == nil)
        #expect(report.lines.contains { $0.contains("600 seconds ahead of STS") })
        #expect(outcomes(report).suffix(2) == ["exchange warning", "clock warning"])
    }

    @Test func `the token that was checked is the one that is exchanged, and a later attempt gets a fresh one`()
        async throws
    {
        let fresh = TokenFactory.text(payload: TokenFactory.payload(expiration: 1_700_009_999))
        let expired = LoopbackReply.response(400, Samples.failure("ExpiredTokenException", "Token expired"))
        let (report, requests) = try await report([expired, Self.good], tokens: [TokenFactory.text(), fresh])
        #expect(requests == 2)
        #expect(report.failure == nil)
    }

    @Test func `settings that cannot work are a step too`() async throws {
        let report = CheckReport(settings: CredentialError(.settings, "no role", nextStep: "set one"))
        #expect(report.steps.count == 6)
        #expect(report.lines.prefix(2) == ["[FAIL] settings: no role", "      next step: set one"])
    }

    @Test func `the answer for a program has status, code and every step`() async throws {
        let (report, _) = try await report([.response(403, Samples.failure("AccessDenied"))])
        let json = try JSONReader.read(Array(report.json(exitStatus: 77).text.utf8))
        #expect(json["ok"] == .bool(false))
        #expect(json["exitStatus"] == .number("77"))
        #expect(json["serviceCode"]?.string == "AccessDenied")
        guard case .array(let steps) = json["steps"] else {
            Issue.record("no steps")
            return
        }
        #expect(steps.map { $0["name"]?.string } == report.steps.map(\.name))
        #expect(steps[4]["nextStep"]?.string?.contains("trust policy") == true)
    }

    @Test func `cancelling ends a check at once`() async throws {
        let server = try LoopbackServer([.silence])
        let settings = try Samples.settings(endpoint: server.url)
        let check = CredentialCheck(
            settings: settings,
            source: ScriptedTokenSource([Self.withLocalIssuer(TokenFactory.text())]),
            clock: TestClock().clock
        )
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let error = await #expect(throws: CredentialError.self) { try await check.run() }
                #expect(error?.code == .cancelled)
            }
            // In the middle of the exchange.
            while server.requests.isEmpty { try? await Task.sleep(for: .milliseconds(5)) }
            group.cancelAll()
        }
    }
}
