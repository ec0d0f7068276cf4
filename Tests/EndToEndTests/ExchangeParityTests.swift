import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The exchange is what botocore's is: the same form, and as many attempts for each answer, except where noted.
@Suite(
    .enabled(if: Lab.current?.botocore != nil, "needs the lab's moto: scripts/test starts it"),
    .timeLimit(.minutes(5))
)
struct ExchangeParityTests {
    private static let role = "arn:aws:iam::112233445566:role/okteto-credentials"
    private static let policy =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#

    private static let script = """
        import sys, botocore.config, botocore.session
        from botocore import UNSIGNED
        url, role, token, policy = sys.argv[1:]
        config = botocore.config.Config(signature_version=UNSIGNED, retries={"total_max_attempts": 3, "mode": "standard"})
        client = botocore.session.get_session().create_client(
            "sts", region_name="us-west-2", endpoint_url=url, config=config)
        try:
            client.assume_role_with_web_identity(
                RoleArn=role, RoleSessionName="okteto-run-check", WebIdentityToken=token, Policy=policy,
                PolicyArns=[{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}], DurationSeconds=900)
        except Exception as error:
            print(error)
        """

    private func askByBotocore(_ url: String, _ token: String) async throws {
        let botocore = try #require(Lab.current?.botocore)
        _ = try await Subprocess.run(
            .path(FilePath(botocore)),
            arguments: ["-I", "-c", Self.script, url, Self.role, token, Self.policy],
            environment: .custom(["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
    }

    private func askByProgram(_ url: String, _ token: String) async throws {
        let workspace = try Workspace(manifest: "")
        let environment = [
            "OKTETO_RUN_ROLE_ARN": Self.role, "OKTETO_RUN_REGION": "us-west-2", "OKTETO_RUN_TOKEN_ENV": "TOKEN",
            "TOKEN": token, "OKTETO_RUN_STS_ENDPOINT": url, "OKTETO_RUN_SESSION_POLICY": Self.policy,
            "OKTETO_RUN_POLICY_ARN": "arn:aws:iam::aws:policy/ReadOnlyAccess", "OKTETO_RUN_DURATION": "900",
        ]
        _ = try await Program.run(["credentials", "check"], in: workspace.path, environment: environment)
    }

    private static func failure(_ code: String, _ message: String = "no") -> String {
        "<ErrorResponse><Error><Code>\(code)</Code><Message>\(message)</Message></Error></ErrorResponse>"
    }

    private static func fields(_ request: LoopbackRequest?) -> Set<Substring> {
        Set(request?.body.split(separator: "&") ?? [])
    }

    @Test func `the form has the same fields, encoded in the same way`() async throws {
        let token = try await loopbackToken()
        let reply = LoopbackReply.response(403, Self.failure("AccessDenied"))
        let (theirs, ours) = (try LoopbackServer([reply]), try LoopbackServer([reply]))
        try await askByBotocore(theirs.url, token)
        try await askByProgram(ours.url, token)
        #expect(Self.fields(ours.requests.first) == Self.fields(theirs.requests.first))
        #expect(ours.requests.first?.lines.first == theirs.requests.first?.lines.first)
        let type = "Content-Type"
        #expect(ours.requests.first?.header(type) == theirs.requests.first?.header(type))
        #expect(theirs.requests.first?.header("Authorization") == nil)
    }

    @Test(arguments: [
        (400, "AccessDenied", 1), (403, "AccessDenied", 1), (400, "IDPCommunicationError", 3),
        (403, "IDPRejectedClaim", 1),
        (400, "InvalidIdentityToken", 1), (400, "Throttling", 3), (400, "RequestLimitExceeded", 3),
        (500, "InternalFailure", 3),
        (503, "ServiceUnavailable", 3), (400, "ValidationError", 1), (400, "PackedPolicyTooLarge", 1),
        (400, "SlowDown", 3), (400, "TransactionInProgressException", 3), (403, "RegionDisabledException", 1),
        // botocore asks once, and the same expired token again is of no use; we ask for a fresh one and get the same.
        (400, "ExpiredTokenException", 1),
    ])
    func `each answer is tried as often as botocore tries it`(status: Int, code: String, attempts: Int) async throws {
        let token = try await loopbackToken()
        let reply = LoopbackReply.response(status, Self.failure(code))
        let (theirs, ours) = (try LoopbackServer([reply]), try LoopbackServer([reply]))
        try await askByBotocore(theirs.url, token)
        try await askByProgram(ours.url, token)
        #expect(theirs.requests.count == attempts)
        #expect(ours.requests.count == attempts)
    }

    private func loopbackToken() async throws -> String {
        let lab = try #require(Lab.current)
        return try await lab.token()
    }
}
