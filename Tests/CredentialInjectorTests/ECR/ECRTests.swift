import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

@Suite(.timeLimit(.minutes(1))) struct ECRTests {
    @Test(
        arguments: [
            ("112233445566.dkr.ecr.us-east-2.amazonaws.com", "us-east-2", "https://api.ecr.us-east-2.amazonaws.com/"),
            (
                "112233445566.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1",
                "https://api.ecr.cn-north-1.amazonaws.com.cn/"
            ),
            (
                "112233445566.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1",
                "https://ecr-fips.us-gov-west-1.amazonaws.com/"
            ),
            ("112233445566.dkr-ecr.eu-west-1.on.aws", "eu-west-1", "https://ecr.eu-west-1.api.aws/"),
            ("112233445566.dkr-ecr-fips.us-east-1.on.aws", "us-east-1", "https://ecr-fips.us-east-1.api.aws/"),
            (
                "112233445566.dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1",
                "https://api.ecr.eusc-de-east-1.amazonaws.eu/"
            ),
        ]
    )
    func `a private registry is known by its host`(host: String, region: String, url: String) throws {
        let registry = try #require(ECRRegistry(host: host))
        #expect(registry.account == "112233445566")
        #expect(registry.region == region)
        #expect(registry.apiURL == url)
    }

    @Test(arguments: [
        "docker.io", "public.ecr.aws", "11223344556.dkr.ecr.us-east-2.amazonaws.com",
        "1122334455aa.dkr.ecr.us-east-2.amazonaws.com", "112233445566.dkr.ecr.us-east-2.amazonaws.com.evil.org",
        "112233445566.dkr.ecr.us-east-2.evil.com", "112233445566.dkr.ecr.us-east-2.amazonaws.com:8080",
        "112233445566.dkr.ecr.cn-north-1.amazonaws.com", "112233445566.dkr.ecr.us-east-2.amazonaws.com.cn",
        "112233445566.dkr.ecr..amazonaws.com", "112233445566.dkr.s3.us-east-2.amazonaws.com",
        "112233445566.dkr-ecr.us-east-2.amazonaws.com", "112233445566.dkr.ecr.us-east-2.on.aws",
    ])
    func `what is not quite the host of one is none`(host: String) {
        #expect(ECRRegistry(host: host) == nil)
    }

    private func login(
        _ reply: LoopbackReply,
        variable: String = "AWS_ENDPOINT_URL_ECR"
    ) async throws -> (ECRLogin, LoopbackRequest?) {
        let server = try LoopbackServer([reply])
        let registry = try #require(ECRRegistry(host: "112233445566.dkr.ecr.us-east-2.amazonaws.com"))
        let authorization = ECRAuthorization(environment: [variable: server.url], clock: TestClock().clock)
        return (try await authorization.login(for: registry, with: Samples.credentials()), server.requests.first)
    }

    private static let answer =
        #"{"authorizationData":[{"authorizationToken":"QVdTOmh1bnRlcjI=","expiresAt":1.7e9,"proxyEndpoint":"https://x"}]}"#

    @Test(arguments: ["AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL"])
    func `a login is asked for by a signed request and read`(variable: String) async throws {
        let (login, request) = try await login(.response(200, Self.answer), variable: variable)
        #expect(login == ECRLogin(user: "AWS", password: Secret("hunter2")))
        #expect(!"\(login)".contains("hunter2"))
        let asked = try #require(request)
        #expect(asked.lines.first == "POST / HTTP/1.1")
        #expect(asked.body == "{}")
        #expect(asked.header("X-Amz-Target") == "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken")
        #expect(asked.header("Content-Type") == "application/x-amz-json-1.1")
        #expect(asked.header("X-Amz-Security-Token") == Samples.sessionToken)
        let scope = "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20231114/us-east-2/ecr/aws4_request, "
        #expect(asked.header("Authorization")?.hasPrefix(scope) == true)
        #expect(asked.lines.allSatisfy { !$0.contains(Samples.secretKey) })
    }

    @Test(
        arguments: [
            (
                400, #"{"__type":"AccessDeniedException","Message":"User is not authorized"}"#,
                CredentialError.Code.refused, "AccessDeniedException: User is not authorized"
            ),
            (
                400, #"{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"bad"}"#, .refused,
                "UnrecognizedClientException: bad"
            ),
            (400, #"{"__type":"ThrottlingException"}"#, .temporary, "ThrottlingException"),
            (503, "<html>", .temporary, "HTTP status 503"), (200, "{}", .response, "is not one of ECR"),
            (200, #"{"authorizationData":[{"authorizationToken":"!!"}]}"#, .response, "is not one of ECR"),
        ]
    )
    func `what ECR refuses or does not say is an error with its words`(
        status: Int,
        body: String,
        code: CredentialError.Code,
        words: String
    ) async throws {
        let error = await #expect(throws: CredentialError.self) { try await login(.response(status, body)) }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("the ECR registry of account 112233445566 in us-east-2") == true)
    }

    @Test func `an endpoint without TLS that is not this machine is refused`() async throws {
        let registry = try #require(ECRRegistry(host: "112233445566.dkr.ecr.us-east-2.amazonaws.com"))
        let authorization = ECRAuthorization(environment: ["AWS_ENDPOINT_URL": "http://ecr.example.com"])
        let error = await #expect(throws: CredentialError.self) {
            try await authorization.login(for: registry, with: Samples.credentials())
        }
        #expect(error?.code == .settings)
    }
}
