import FoundationEssentials
import ProcessEnvironment
import Synchronization
import TestSupport
import Testing

@testable import CredentialInjector

struct CredentialSurveyTests {
    /// Surveys with a token in a variable, and an STS that gives one answer.
    private func report(
        token: String? = TokenFactory.text(),
        reply: LoopbackReply = .response(302, "", headers: [Samples.date]),
        audience: String? = TokenFactory.audience
    ) async throws -> (report: CheckReport, secrets: [Secret]) {
        let server = try LoopbackServer([reply])
        let settings = try Samples.settings(endpoint: server.url, audience: audience, environment: [:])
        let secrets = Mutex<[Secret]>([])
        let source = token.map { ScriptedTokenSource([$0]) }
        let survey = CredentialSurvey(settings: settings, source: source, clock: TestClock().clock) { new in
            secrets.withLock { $0 += new }
        }
        let report = try await survey.run()
        // Nothing of the token goes to STS.
        #expect(server.requests.allSatisfy { $0.body.isEmpty && !"\($0)".contains("eyJ") })
        return (report, secrets.withLock { $0 })
    }

    private func outcomes(_ report: CheckReport) -> [String] { report.steps.map { "\($0.name) \($0.outcome)" } }

    @Test func `what an exchange needs is looked at, and none is made`() async throws {
        let (report, secrets) = try await report()
        #expect(
            outcomes(report).filter { !$0.hasPrefix("token") } == [
                "settings passed", "endpoint passed", "clock passed",
            ]
        )
        #expect(report.failure == nil)
        #expect(secrets.contains(Secret(TokenFactory.text())))
        #expect(!report.lines.joined().contains("eyJ"))
    }

    @Test func `no token is a failure, and the way to STS is looked at all the same`() async throws {
        let (report, _) = try await report(token: nil)
        #expect(outcomes(report) == ["settings passed", "token failed", "endpoint passed", "clock passed"])
        #expect(report.failure?.code == .tokenSource)
    }

    @Test func `a token that STS would refuse is a failure`() async throws {
        let (report, _) = try await report(audience: "other")
        #expect(report.failure?.code == .audience)
    }

    @Test func `an STS that cannot be reached is a failure of the network, with what to look at`() async throws {
        let settings = try Samples.settings(
            endpoint: "http://127.0.0.1:1",
            audience: nil,
            environment: [:]
        )
        let source = ScriptedTokenSource([TokenFactory.text()])
        let survey = CredentialSurvey(settings: settings, source: source, clock: TestClock().clock) { _ in }
        let report = try await survey.run()
        #expect(outcomes(report).suffix(2) == ["endpoint failed", "clock skipped"])
        #expect(report.failure?.kind == .temporary)
        #expect(report.steps[2].nextStep?.isEmpty == false)
    }

    @Test func `a survey that is cancelled ends as cancelled`() async throws {
        let settings = try Samples.settings(endpoint: "http://127.0.0.1:1", audience: nil, environment: [:])
        await withTaskGroup { group in
            group.addTask {
                await #expect(throws: CredentialError.self) {
                    while true { _ = try await CredentialSurvey(settings: settings) { _ in }.run() }
                }
            }
            group.cancelAll()
        }
    }
}
