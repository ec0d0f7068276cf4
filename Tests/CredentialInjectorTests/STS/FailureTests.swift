import Testing

@testable import CredentialInjector

struct FailureTests {
    private func failure(_ status: Int, _ body: String) -> STSFailure {
        STSFailure(status: status, body: Array(body.utf8), requestID: nil)
    }

    @Test(arguments: [
        Samples.failure("AccessDenied", "Not authorized"),
        "<Error><Code>AccessDenied</Code><Message>Not authorized</Message><RequestId>r-2</RequestId></Error>",
    ])
    func `both shapes of an error document are read`(_ body: String) {
        let failure = failure(403, body)
        #expect(failure.code == "AccessDenied")
        #expect(failure.message == "Not authorized")
        #expect(failure.requestID == "r-2")
    }

    @Test func `an error without a message keeps its code`() {
        let failure = failure(403, "<Error><Code>AccessDenied</Code><Message></Message></Error>")
        #expect(failure.code == "AccessDenied")
        #expect(failure.message.isEmpty)
    }

    @Test(arguments: [
        (400, "IDPCommunicationError", "", true), (400, "IDPCommunicationErrorException", "", true),
        (400, "InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider", true),
        (400, "InvalidIdentityToken", "Incorrect token audience", false), (403, "AccessDenied", "", false),
        (400, "ExpiredTokenException", "", false), (403, "IDPRejectedClaim", "", false),
        (400, "MalformedPolicyDocument", "", false), (400, "PackedPolicyTooLarge", "", false),
        (403, "RegionDisabledException", "", false), (400, "ValidationError", "", false),
        (400, "Throttling", "Rate exceeded", true), (400, "ThrottlingException", "", true),
        (400, "RequestLimitExceeded", "", true), (429, "Anything", "", true), (500, "InternalFailure", "", true),
        (503, "SlowDown", "", true), (400, "TooManyRequestsException", "", true),
    ])
    func `only what may pass by itself is tried again`(
        _ status: Int,
        _ code: String,
        _ message: String,
        _ isTransient: Bool
    ) {
        #expect(failure(status, Samples.failure(code, message)).isTransient == isTransient)
    }

    @Test(arguments: ["", "<html>", "{}", "<Error/>"])
    func `a body that is no error document has no code`(_ body: String) {
        #expect(failure(400, body).code == nil)
    }

    @Test func `a message is shown in one line without control characters and cut`() {
        let message = "a&#x9B;31m\nb\u{202E}c " + String(repeating: "x ", count: 2000)
        let shown = failure(403, Samples.failure("AccessDenied", message)).message
        #expect(shown.hasPrefix("a 31m b c x x"))
        #expect(shown.count <= 401)
    }

    @Test func `a token that the service sends back is blotted out`() {
        let shown = failure(403, Samples.failure("AccessDenied", "your token '\(TokenFactory.text())' is bad")).message
        #expect(shown == "your token '<redacted>' is bad")
    }
}
