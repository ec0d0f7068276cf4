import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct TokenCheckTests {
    private func check(_ text: String, _ expectation: TokenExpectation = TokenExpectation()) throws -> [String] {
        try TokenCheck.check(try TokenFactory.token(text), expecting: expectation, now: TokenFactory.now)
    }

    private func error(_ text: String, _ expectation: TokenExpectation = TokenExpectation()) -> CredentialError? {
        #expect(throws: CredentialError.self) { try check(text, expectation) }
    }

    @Test func `a good token has no warnings`() throws {
        #expect(try check(TokenFactory.text()).isEmpty)
    }

    @Test func `a wrong audience is refused with the one found and the one expected`() {
        let expected = Setting("okteto.example.com/us-west-1", from: .option("--audience"))
        let error = error(TokenFactory.text(), TokenExpectation(audience: expected))
        #expect(error?.code == .audience)
        #expect(error?.kind == .refused)
        #expect(error?.message.contains("'okteto.example.com/us-east-2'") == true)
        #expect(error?.message.contains("'okteto.example.com/us-west-1'") == true)
        #expect(error?.message.contains("option --audience") == true)
    }

    @Test func `an authorized party counts as audience, as at AWS`() throws {
        let text = TokenFactory.text(payload: TokenFactory.payload(audience: #""other""#, more: #","azp":"mine""#))
        let expected = Setting("mine", from: .option("--audience"))
        #expect(try check(text, TokenExpectation(audience: expected)).isEmpty)
    }

    @Test func `a wrong issuer or subject is refused when one is expected`() {
        let other = Setting("https://other.example.com", from: .standard)
        #expect(error(TokenFactory.text(), TokenExpectation(issuer: other))?.message.contains("issuer") == true)
        #expect(error(TokenFactory.text(), TokenExpectation(subject: other))?.message.contains("subject") == true)
    }

    @Test(arguments: ["none", "HS256", "EdDSA", "PS256", "rs256", ""])
    func `an algorithm that STS does not verify is refused`(_ algorithm: String) {
        #expect(error(TokenFactory.text(header: #"{"alg":"\#(algorithm)"}"#))?.code == .token)
    }

    @Test(arguments: ["iss", "sub", "aud", "exp"])
    func `a missing claim is named`(_ claim: String) {
        var claims = ["iss": #""https://i""#, "sub": #""s""#, "aud": #""a""#, "exp": "1700003600"]
        claims[claim] = nil
        let payload = "{" + claims.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
        #expect(error(TokenFactory.text(payload: payload))?.message.hasSuffix(": \(claim)") == true)
    }

    @Test func `a legacy Kubernetes token is recognised`() {
        let text = TokenFactory.text(payload: #"{"iss":"kubernetes/serviceaccount","sub":"system:serviceaccount:a:b"}"#)
        #expect(error(text)?.message.contains("legacy Kubernetes") == true)
    }

    @Test func `a token that expired beyond the leeway is refused`() throws {
        let text = TokenFactory.text(payload: TokenFactory.payload(expiration: 1_700_000_000 - 400))
        let error = error(text)
        #expect(error?.code == .expiredToken)
        #expect(error?.message.contains("400 s ago") == true)
        let recent = TokenFactory.text(payload: TokenFactory.payload(expiration: 1_700_000_000 - 200))
        #expect(try check(recent).count == 1)
    }

    @Test func `what AWS may refuse is a warning`() throws {
        let payload =
            #"{"iss":"http://i","sub":"s","aud":"a","exp":1700000030.5,"nbf":1700000100,"iat":1700000000}"#
        let warnings = try check(TokenFactory.text(header: #"{"alg":"ES256"}"#, payload: payload))
        #expect(warnings.count == 5, "\(warnings)")
    }

    @Test func `an absurd time does not end the program`() throws {
        let payload = #"{"iss":"https://i","sub":"s","aud":"a","exp":1e300,"nbf":1e300}"#
        #expect(try check(TokenFactory.text(payload: payload)).count == 1)
        let past = #"{"iss":"https://i","sub":"s","aud":"a","exp":-1e300}"#
        #expect(error(TokenFactory.text(payload: past))?.code == .expiredToken)
    }
}
