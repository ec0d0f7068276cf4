import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct RedactionTests {
    private static let needles = [Samples.secretKey, Samples.sessionToken, TokenFactory.text(), "c2lnbmF0dXJl"]

    private func expectNoSecret(_ value: some Any) {
        var dumped = ""
        dump(value, to: &dumped)
        for text in ["\(value)", String(describing: value), String(reflecting: value), dumped] {
            for needle in Self.needles { #expect(!text.contains(needle)) }
        }
    }

    @Test func `no rendering of any type shows a secret`() throws {
        let token = try TokenFactory.token()
        let settings = try Samples.settings(environment: ["TOKEN": TokenFactory.text()])
        let credentials = Samples.credentials()
        let request = WebIdentityRequest(settings: settings, token: token)
        expectNoSecret(token)
        expectNoSecret(credentials)
        expectNoSecret(settings)
        expectNoSecret(request)
        expectNoSecret(request.httpRequest(total: .seconds(1)))
        expectNoSecret(EnvironmentTokenSource(name: "TOKEN", environment: settings.environment))
        expectNoSecret(CredentialEvent.issued(credentials))
        expectNoSecret(CredentialEvent.tokenFetched(token, secrets: token.secrets))
        expectNoSecret(CredentialWaiter.Outcome.done(credentials))
        expectNoSecret(ChildEnvironment.credentialVariables(credentials, region: "us-east-2", phase: [:]))
        expectNoSecret(try WebIdentityResult(try XMLReader.read(Array(Samples.answer().utf8))))
    }

    @Test func `the arguments of a token command are not shown`() {
        let source = TokenSourceDescription.command(["curl", "-H", "Authorization: hunter2"])
        #expect(!"\(source)".contains("hunter2"))
    }

    @Test func `what must be masked is named`() throws {
        let parts = TokenFactory.text().split(separator: ".").map(String.init)
        #expect(try TokenFactory.token().secrets.map { $0.reveal() } == [TokenFactory.text(), parts[1], parts[2]])
        #expect(Samples.credentials().secrets.map { $0.reveal() }.contains(Samples.sessionToken))
    }

    @Test func `cleansed bytes are gone`() {
        var bytes: [UInt8] = [1, 2, 3]
        let copy = bytes
        Cleanser.cleanse(&bytes)
        #expect(bytes.isEmpty)
        #expect(copy == [1, 2, 3])
    }
}
