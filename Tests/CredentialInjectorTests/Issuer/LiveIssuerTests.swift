import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

/// Issuers with https, whose certificates an authority of the test's own has issued.
@Suite(.timeLimit(.minutes(1))) struct LiveIssuerTests {
    private let authority = TestAuthority()
    private let signer = TestSigner()
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// A server that publishes a key set at its own https URL.
    private func server(
        places: String = "IP:127.0.0.1",
        seconds: Int = 86_400,
        presentsChain: Bool = true,
        keys: String? = nil
    ) throws -> LoopbackServer {
        let tls = LoopbackTLS(
            identity: authority.issue(name: "issuer", places: places, seconds: seconds),
            chain: presentsChain ? [authority.identity.certificate] : []
        )
        return try LoopbackServer(tls: tls) { url in
            let issuer = Self.issuer(url)
            return [
                .response(200, #"{"issuer":"\#(issuer)","jwks_uri":"\#(issuer)/keys"}"#, headers: [Samples.date]),
                .response(200, keys ?? signer.keySet),
            ]
        }
    }

    private static func issuer(_ url: String) -> String {
        String((url.hasPrefix("https") ? url : "https" + url.dropFirst(4)).dropLast())
    }

    private func outcome(
        _ server: LoopbackServer,
        trusting authority: TestAuthority?,
        signer: TestSigner? = nil
    ) async throws -> [CheckStep] {
        let claims = #"{"iss":"\#(Self.issuer(server.url))","sub":"s","aud":"a","exp":1700003600}"#
        let token = try IdentityToken(Secret((signer ?? self.signer).token(claims)), from: "test")
        let path = try authority.map { try folder.write("ca.pem", $0.identity.certificate) }
        let setting = path.map { Setting($0, from: .variable("AWS_CA_BUNDLE")) }
        return await IssuerVerification(token: token, authorities: setting).run().steps
    }

    @Test func `keys that are read over https verify a token, and the thumbprint is the chain's last certificate's`()
        async throws
    {
        let server = try server()
        let steps = try await outcome(server, trusting: authority)
        #expect(steps[0].summary == "publishes 1 key", "\(steps)")
        #expect(steps[1].outcome == .passed, "\(steps)")
        let thumbprint = try #require(TestAuthority.fingerprint(of: authority.identity.certificate))
        #expect(steps[0].facts.contains(CheckFact("thumbprint", thumbprint, origin: "of certificate 2")))
        // An authority that AWS does not know, of which IAM has to be told.
        #expect(steps[0].outcome == .warning)
        #expect(steps[0].notes.contains { $0.contains("AWS needs the thumbprint") })
        #expect(server.requests.map(\.lines[0]).contains("GET /keys HTTP/1.1"))
    }

    @Test func `of a server that presents its own certificate alone, the thumbprint is that one's`() async throws {
        let steps = try await outcome(try server(presentsChain: false), trusting: authority)
        let fact = try #require(steps[0].facts.first { $0.name == "thumbprint" })
        #expect(fact.origin == "of certificate 1")
        #expect(fact.value != TestAuthority.fingerprint(of: authority.identity.certificate))
    }

    @Test func `a token that another key signed is refused by the keys read over https`() async throws {
        let steps = try await outcome(try server(), trusting: authority, signer: TestSigner())
        #expect(steps[0].summary == "publishes 1 key")
        #expect(steps[1].outcome == .failed, "\(steps)")
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var places = "IP:127.0.0.1"
        var seconds = 86_400
        /// The test's own authority, another one, or nobody but the system's.
        var trusts: Bool? = true
    }

    @Test(arguments: [
        Fault(testDescription: "an authority that nobody trusts", trusts: nil),
        Fault(testDescription: "another authority of the same name", trusts: false),
        Fault(testDescription: "another host's certificate", places: "DNS:issuer.example.com,IP:127.0.0.2"),
        Fault(testDescription: "a certificate that has ended", seconds: -60),
    ])
    func `an issuer whose certificate does not hold is not read, and what AWS makes of it is said`(
        fault: Fault
    ) async throws {
        let server = try server(places: fault.places, seconds: fault.seconds)
        let trusted: TestAuthority? = fault.trusts.map { $0 ? authority : TestAuthority() }
        let steps = try await outcome(server, trusting: trusted)
        #expect(steps[0].outcome == .warning && steps[0].summary.contains("cannot be read"), "\(steps)")
        #expect(steps[0].notes.contains { $0.contains("by the thumbprint of its authority") }, "\(steps)")
        #expect(steps[1].outcome == .skipped)
        #expect(server.requests.isEmpty)
    }
}
