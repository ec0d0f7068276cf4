import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

/// Every refusal of STS says what it means and what to change.
struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let message: String
        let meaning: String
        let nextStep: String

        init(_ code: String, _ message: String, _ meaning: String, _ nextStep: String) {
            self.code = code
            self.message = message
            self.meaning = meaning
            self.nextStep = nextStep
        }

        var testDescription: String { "\(code) \(message)" }
    }

    static let cases = [
        Case("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "trust policy", "aws explain"),
        Case("AccessDenied", "", "trust policy", "oidc-provider/issuer.example.com"),
        Case(
            "AccessDenied",
            "not authorized: with an explicit deny in a service control policy",
            "organization",
            "allow"
        ),
        Case("AccessDenied", "not authorized to perform: sts:TagSession on resource", "session tags", "sts:TagSession"),
        Case("InvalidIdentityToken", "Incorrect token audience", "client ids", "add the token's audience"),
        Case(
            "InvalidIdentityToken",
            "No OpenIDConnect provider found in your account for https://issuer.example.com",
            "no identity provider",
            "in account 112233445566"
        ),
        Case("InvalidIdentityToken", "Missing a required claim: aud", "lacks a claim", "iss, sub, aud and exp"),
        Case(
            "InvalidIdentityToken",
            "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
            "authority",
            "thumbprint"
        ),
        Case(
            "InvalidIdentityToken",
            "Couldn't retrieve verification key from your identity provider",
            "issuer's keys",
            "reachable from the internet"
        ),
        Case("InvalidIdentityToken", "The ID Token provided is not a valid JWT", "signature", "credentials check"),
        Case("InvalidIdentityToken", "", "as one of the issuer", "credentials check"),
        Case(
            "ExpiredTokenException",
            "Token expired: current date/time 1 must be before 0",
            "time is over",
            "fresh token"
        ),
        Case("ExpiredTokenException", "Token too old: 441398", "too long ago", "new token for each run"),
        Case("IDPCommunicationError", "", "could not reach the issuer", "reachable from the internet"),
        Case("IDPRejectedClaim", "", "rejected", "new token"),
        Case("MalformedPolicyDocument", "", "no policy", "--session-policy"),
        Case("PackedPolicyTooLarge", "", "larger than", "shorten"),
        Case("RegionDisabledException", "", "not active in region us-east-2", "activate STS for region us-east-2"),
        Case(
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            "longer",
            "--duration"
        ),
        Case(
            "ValidationError",
            "1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint",
            "session's name",
            "--session-name"
        ),
        Case("ValidationError", "Value at 'webIdentityToken' failed", "length", "shorter token"),
        Case("ValidationError", "Value at 'roleArn' failed", "role's ARN", "--role-arn"),
        Case("ValidationError", "Value at 'policy' failed", "session policy", "--policy-arn"),
        Case("InvalidArgument", "", "does not say which", "session policy"),
        Case("OptInRequired", "", "not signed up", "activate"),
        Case("InvalidAction", "", "not STS", "AWS_ENDPOINT_URL_STS"),
        Case("MissingAuthenticationToken", "", "not STS", "AWS_ENDPOINT_URL_STS"),
        Case("Nonsense", "", "no error that STS documents", "compare role"),
    ]

    @Test(arguments: cases)
    func `each refusal says what it means and what to change`(_ expected: Case) throws {
        let body = Array(Samples.failure(expected.code, expected.message).utf8)
        let error = STSDiagnosis.error(
            for: STSFailure(status: 400, body: body, requestID: nil),
            token: try TokenFactory.token(),
            settings: try Samples.settings(),
            attempts: 1,
            now: TokenFactory.now
        )
        let meaning = try #require(error.details.first)
        #expect(meaning.hasPrefix("it means: "))
        #expect(meaning.contains(expected.meaning), "\(meaning)")
        #expect(error.nextStep?.contains(expected.nextStep) == true, "\(error.nextStep ?? "")")
        #expect(error.details.contains { $0.contains("token sub: \(TokenFactory.subject)") })
        #expect(!"\(error)".contains("eyJ"))
    }

    @Test func `the advice for an expired token goes by where it comes from`() throws {
        let failure = STSFailure(status: 400, body: Array(Samples.failure("ExpiredToken").utf8), requestID: nil)
        for (options, advice) in [
            (
                CredentialOptions(roleARN: Samples.role, region: "us-east-2", tokenFile: "/t"),
                "file is still being renewed"
            ),
            (
                CredentialOptions(roleARN: Samples.role, region: "us-east-2", tokenEnvironment: "T"),
                "set it shortly before"
            ),
            (CredentialOptions(roleARN: Samples.role, region: "us-east-2", tokenCommand: "t"), "makes a new token"),
        ] {
            let settings = try #require(try CredentialSettings.resolve(options: options, environment: [:], phase: "x"))
            let refusal = Refusal.of(failure, token: try TokenFactory.token(), settings: settings, hasExpired: true)
            #expect(refusal.nextStep.contains(advice))
        }
    }

    @Test func `a clock that is off is told with a refusal`() throws {
        let failure = STSFailure(status: 403, body: Array(Samples.failure("AccessDenied").utf8), requestID: nil)
        for (seconds, text) in [(300.0, "300 s behind STS"), (-300, "300 s ahead of STS")] {
            let error = STSDiagnosis.error(
                for: failure,
                token: try TokenFactory.token(),
                settings: try Samples.settings(),
                attempts: 1,
                now: TokenFactory.now,
                serverTime: TokenFactory.now.addingTimeInterval(seconds)
            )
            #expect(error.details.contains { $0.contains(text) }, "\(error.details)")
        }
    }
}
