import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct ResponseTests {
    private func result(_ text: String) throws -> WebIdentityResult {
        try WebIdentityResult(try XMLReader.read(Array(text.utf8)))
    }

    @Test(arguments: [
        #" xmlns="https://sts.amazonaws.com/doc/2011-06-15/""#, "",
    ])
    func `an answer is read with and without a namespace`(_ namespace: String) throws {
        let result = try result(Samples.answer(namespace: namespace))
        #expect(result.accessKeyID == "ASIAEXAMPLE")
        #expect(result.secretAccessKey.reveal() == Samples.secretKey)
        #expect(result.sessionToken.reveal() == Samples.sessionToken)
        #expect(result.expiration == Date(timeIntervalSince1970: 1_700_003_600))
        #expect(result.assumedRoleARN.hasSuffix("assumed-role/okteto-credentials/okteto-run"))
        #expect(result.audience == TokenFactory.audience)
        #expect(result.subject == TokenFactory.subject)
    }

    @Test func `escaped characters of a session token are unescaped`() throws {
        let credentials = """
            <AccessKeyId>abc</AccessKeyId><SecretAccessKey>a&amp;b&#43;c</SecretAccessKey>
            <SessionToken>
              x&lt;y
            </SessionToken><Expiration>2023-11-14T23:13:20.724061Z</Expiration>
            """
        let result = try result(Samples.answer(credentials: credentials))
        #expect(result.secretAccessKey.reveal() == "a&b+c")
        #expect(result.sessionToken.reveal() == "x<y")
    }

    @Test(arguments: [
        ("", "not well formed"),
        ("<html><body>hello</body></html>", "a html document"),
        ("<!DOCTYPE html><html></html>", "DOCTYPE"),
        (#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#, "DOCTYPE"),
        (#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#, "DOCTYPE"),
        ("<a>&undefined;</a>", "not well formed"),
        ("<a><b></a>", "not well formed"),
        (String(repeating: "<a>", count: 40), "too deep"),
        ("<a>" + String(repeating: "<b/>", count: 2000) + "</a>", "too many"),
        (String(repeating: " ", count: 300_000), "256 KiB"),
        ("<AssumeRoleWithWebIdentityResponse/>", "exactly one set"),
    ])
    func `a hostile or foreign document is refused`(_ text: String, _ reason: String) {
        let error = #expect(throws: XMLReaderError.self) { try result(text) }
        #expect(error?.reason.contains(reason) == true)
    }

    @Test(arguments: [
        ("<SessionToken>t</SessionToken>", ""), ("<AccessKeyId>k</AccessKeyId>", "<AccessKeyId></AccessKeyId>"),
        ("<SecretAccessKey>s</SecretAccessKey>", "<SecretAccessKey> </SecretAccessKey>"),
        ("<SessionToken>t</SessionToken>", "<SessionToken>t</SessionToken><SessionToken>u</SessionToken>"),
        ("<SessionToken>t</SessionToken>", "<SessionToken>t\nu</SessionToken>"),
        ("<SessionToken>t</SessionToken>", "<SessionToken>\u{e9}</SessionToken>"),
        ("2023-11-14T23:13:20Z", "garbage"), ("2023-11-14T23:13:20Z", "2023-11-14T23:13:20Zjunk"),
        ("2023-11-14T23:13:20Z", "2023-11-14T23:13:20"), ("2023-11-14T23:13:20Z", "2023-13-14T23:13:20Z"),
    ])
    func `credentials with a missing or impossible part are refused`(_ part: String, _ replacement: String) throws {
        let whole =
            "<AccessKeyId>k</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
            + "<Expiration>2023-11-14T23:13:20Z</Expiration>"
        _ = try result(Samples.answer(credentials: whole))
        let broken = whole.replacing(part, with: replacement)
        #expect(throws: XMLReaderError.self) { try result(Samples.answer(credentials: broken)) }
    }

    @Test func `two sets of credentials are refused`() {
        let second = "<Credentials><AccessKeyId>k</AccessKeyId></Credentials>"
        #expect(throws: XMLReaderError.self) { try result(Samples.answer(around: ("", second))) }
    }

    @Test(arguments: [
        ("2023-11-14T22:13:20Z", 1_700_000_000.0), ("2023-11-14T22:13:20.5Z", 1_700_000_000.5),
        ("2023-11-14T22:13:20.424023425Z", 1_700_000_000.424), ("2023-11-15T00:13:20+02:00", 1_700_000_000),
        ("2023-11-14T20:13:20.000-02:00", 1_700_000_000),
    ])
    func `a timestamp is read in all forms that services write`(_ text: String, _ expected: Double) throws {
        let date = try #require(ServiceTime.timestamp(text))
        #expect(abs(date.timeIntervalSince1970 - expected) < 0.01)
    }

    @Test(arguments: ["2023-11-14", "2023-11-14T22:13:20", "2023-11-14 22:13:20Z", "2023-11-14T22:13:20ZZ", ""])
    func `other texts are no timestamps`(_ text: String) {
        #expect(ServiceTime.timestamp(text) == nil)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Tue, 14 Nov 2023 22:13:20 GMT", 1_700_000_000),
        ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ])
    func `an HTTP date is read`(_ text: String, _ expected: Double) {
        #expect(ServiceTime.httpDate(text)?.timeIntervalSince1970 == expected)
    }

    @Test(arguments: ["", "yesterday", "Sun, 06 Nov 1994 08:49:37 PST", "Sun, 06 Foo 1994 08:49:37 GMT"])
    func `other texts are no HTTP dates`(_ text: String) {
        #expect(ServiceTime.httpDate(text) == nil)
    }
}
