import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct IdentityTokenTests {
    @Test func `a token is decoded`() throws {
        let token = try TokenFactory.token()
        #expect(token.claims.issuer == TokenFactory.issuer)
        #expect(token.claims.subject == TokenFactory.subject)
        #expect(token.claims.audiences == [TokenFactory.audience])
        #expect(token.header.alg == "RS256")
        #expect(token.header.kid == "k1")
    }

    @Test(arguments: ["\n", "\r\n", " ", "\t\n\n"])
    func `white space around a token is left out`(_ space: String) throws {
        #expect(try TokenFactory.token(space + TokenFactory.text() + space).secret.reveal() == TokenFactory.text())
    }

    @Test func `several audiences are read`() throws {
        let token = try TokenFactory.token(TokenFactory.text(payload: TokenFactory.payload(audience: #"["a","b"]"#)))
        #expect(token.claims.audiences == ["a", "b"])
        #expect(token.claims.isFor("b"))
        #expect(!token.claims.isFor("c"))
    }

    static let malformed: [(String, String)] = [
        ("", "empty"), ("   \n", "empty"), ("abc", "0 dots"), ("a.b", "1 dots"), ("a.b.c.d.e", "encrypted"),
        ("ghp_abcdef0123456789", "GitHub"), ("github_pat_x", "GitHub"),
        ("\u{FEFF}" + TokenFactory.text(), "byte order mark"),
        (TokenFactory.text() + "\n" + TokenFactory.text(), "more than one token"),
        ("eyJ abc.d.e", "white space"), ("a.b!.c", "not base64url"), ("..", "header"),
        (TokenFactory.text(header: "[]"), "header"), (TokenFactory.text(payload: "[]"), "payload"),
        (TokenFactory.text(payload: #"{"exp":"soon"}"#), "payload"), (TokenFactory.text(payload: "\u{1}"), "payload"),
        (TokenFactory.text(payload: String(repeating: "[", count: 10_000)), "payload"),
        (TokenFactory.text(signature: "a+b="), "not base64url"),
        (TokenFactory.text(signature: String(repeating: "a", count: 20_000)), "20000 bytes"),
        (#"{"token": "x.y.z"}"#, "white space"), ("a\0.b.c", "NUL"),
    ]

    @Test(arguments: malformed)
    func `what is no token is refused with the reason`(_ text: String, _ reason: String) {
        let error = #expect(throws: CredentialError.self) { try TokenFactory.token(text) }
        #expect(error?.code == .token)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.kind == .refused)
    }

    @Test(arguments: ["", "a", "ab", "abc", "abcd", "\u{ff}\u{fe}"])
    func `base64url is decoded at every length`(_ text: String) {
        #expect(Base64URL.decode(Array(TokenFactory.encode(text).utf8)) == Array(text.utf8))
    }
}
