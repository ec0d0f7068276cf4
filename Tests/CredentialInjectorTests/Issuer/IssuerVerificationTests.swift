import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

struct IssuerVerificationTests {
    private let signed: SignedTokens

    init() throws {
        signed = try SignedTokens.read()
    }

    private func token(issuer: String, from name: String = "RS256") throws -> IdentityToken {
        // The issuer is another than was signed, so a token with it never verifies: what is tried is how keys are got.
        let parts = try #require(signed.tokens[name]).split(separator: ".")
        let payload = #"{"iss":"\#(issuer)","sub":"s","aud":"a","exp":1700003600}"#
        return try IdentityToken(Secret("\(parts[0]).\(TokenFactory.encode(payload)).\(parts[2])"), from: "test")
    }

    private func run(
        _ replies: @escaping (String) -> [LoopbackReply],
        issuer: (String) -> String = { String($0.dropLast()) }
    ) async throws -> [CheckStep] {
        let server = try LoopbackServer(answering: replies)
        let token = try token(issuer: issuer(server.url))
        return await IssuerVerification(token: token, authorities: nil).run().steps
    }

    private func discovery(_ url: String, issuer: String? = nil, keys: String? = nil) -> LoopbackReply {
        let issuer = issuer ?? String(url.dropLast())
        return .response(
            200,
            #"{"issuer":"\#(issuer)","jwks_uri":"\#(keys ?? url + "keys")","id_token_signing_alg_values_supported":["RS256"]}"#,
            headers: [Samples.date]
        )
    }

    @Test func `both documents are read, and what they say is shown`() async throws {
        let keys = try signed.keySet()
        let server = try LoopbackServer { url in [self.discovery(url), .response(200, bytes: keys)] }
        let token = try token(issuer: String(server.url.dropLast()))
        let outcome = await IssuerVerification(token: token, authorities: nil).run()
        #expect(
            server.requests.map(\.lines[0]) == ["GET /.well-known/openid-configuration HTTP/1.1", "GET /keys HTTP/1.1"]
        )
        #expect(outcome.serverTime == TokenFactory.now)
        #expect(outcome.steps[0].summary == "publishes 4 keys")
        #expect(outcome.steps[0].facts.contains(CheckFact("algorithms", "RS256")))
        // Plain http, as only a test's issuer has.
        #expect(outcome.steps[0].outcome == .warning)
        #expect(outcome.steps[1].outcome == .failed)
        #expect(outcome.steps[1].summary.contains("does not belong"))
    }

    @Test func `a slash at the end of the issuer is not doubled`() async throws {
        let keys = try signed.keySet()
        let steps = try await run(
            { url in [discovery(url, issuer: url), .response(200, bytes: keys)] },
            issuer: { $0 }
        )
        #expect(steps[0].summary == "publishes 4 keys")
    }

    @Test func `an issuer that calls itself otherwise is told`() async throws {
        let steps = try await run { url in [discovery(url, issuer: url)] }
        #expect(steps[0].summary.contains("calls itself"))
        #expect(steps[0].nextStep?.contains("last slash") == true)
        #expect(steps[1].outcome == .skipped)
    }

    @Test(arguments: [
        (LoopbackReply.response(404), "HTTP status 404"), (.response(200, "<html>"), "no discovery document"),
        (.response(302, headers: ["Location: https://example.com/"]), "HTTP status 302"),
        (.nothing, "cannot be read"),
        (.response(200, bytes: [UInt8](repeating: 0x20, count: 2 << 20)), "cannot be read"),
    ])
    func `a document that is none is told`(_ reply: LoopbackReply, _ part: String) async throws {
        let steps = try await run { _ in [reply] }
        #expect(steps[0].outcome == .warning)
        #expect(steps[0].summary.contains(part), "\(steps[0].summary)")
        #expect(steps[0].nextStep?.isEmpty == false)
    }

    @Test(arguments: ["{}", #"{"keys":[]}"#, "nothing"])
    func `a key set without a key is told`(_ keys: String) async throws {
        let steps = try await run { url in [discovery(url), .response(200, keys)] }
        #expect(steps[0].summary.contains("no keys"))
    }

    @Test func `what is odd about the keys is told`() async throws {
        let keys = #"{"keys":[{"kty":"RSA","kid":"a"},{"kty":"EC","kid":"a"},3]}"#
        let steps = try await run { url in [discovery(url), .response(200, keys)] }
        #expect(steps[0].notes.contains { $0.contains("same name (a)") })
        #expect(steps[0].notes.contains { $0.contains("1 entries") })
    }

    @Test func `an issuer on a server without TLS, or with a name that is none, is told`() async throws {
        let server = try LoopbackServer([.response(200)])
        for (issuer, part) in [
            ("https://127.0.0.1:\(server.port)", "cannot be read"), ("http://issuer.invalid", "https"),
        ] {
            let steps = await IssuerVerification(token: try token(issuer: issuer), authorities: nil).run().steps
            #expect(steps[0].outcome == .warning)
            #expect(steps[0].summary.contains(part), "\(steps[0].summary)")
        }
        #expect(server.requests.isEmpty)
    }
}
