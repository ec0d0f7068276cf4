import HTTPTransport
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct RequestTests {
    @Test func `the form has the fields of the protocol in the body alone`() throws {
        let request = WebIdentityRequest(settings: try Samples.settings(), token: try TokenFactory.token())
        let body = request.body.reveal()
        #expect(
            body == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A112233445566%3Arole%2Fokteto-credentials"
                + "&RoleSessionName=okteto-run-deploy&WebIdentityToken=\(TokenFactory.text())"
        )
        let sent = request.httpRequest(total: .seconds(1))
        #expect(sent.method == "POST")
        #expect(sent.url == "https://sts.us-east-2.amazonaws.com/")
    }

    @Test func `duration and policies are sent when they are set`() throws {
        let options = CredentialOptions(
            roleARN: Samples.role,
            region: "us-east-2",
            tokenEnvironment: "T",
            duration: "1h",
            sessionPolicy: #"{"a": "b&c"}"#,
            policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::112233445566:policy/a"]
        )
        let settings = try #require(
            try CredentialSettings.resolve(options: options, environment: [:], phase: "deploy")
        )
        let body = WebIdentityRequest(settings: settings, token: try TokenFactory.token()).body.reveal()
        #expect(
            body.hasSuffix(
                "&PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess"
                    + "&PolicyArns.member.2.arn=arn%3Aaws%3Aiam%3A%3A112233445566%3Apolicy%2Fa"
                    + "&Policy=%7B%22a%22%3A%20%22b%26c%22%7D&DurationSeconds=3600"
            )
        )
    }

    @Test func `everything but unreserved characters is percent-encoded`() {
        var form = FormEncoder()
        form.append("k y", "aZ09-._~ +&=%/é\n")
        #expect(String(decoding: form.bytes, as: UTF8.self) == "k%20y=aZ09-._~%20%2B%26%3D%25%2F%C3%A9%0A")
    }
}
