import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

/// What IAM has decides too: whether there is the role, and a provider that takes the token's audience.
struct RoleInspectionTests {
    private static let policy = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"Federated":"arn:aws:iam::112233445566:oidc-provider/issuer.example.com"},
        "Action":"sts:AssumeRoleWithWebIdentity"}]}
        """

    private static func role(_ arn: String = Samples.role) -> LoopbackReply {
        let encoded = policy.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return .response(
            200,
            """
            <GetRoleResponse><GetRoleResult><Role><RoleName>okteto-credentials</RoleName><Arn>\(arn)</Arn>
            <AssumeRolePolicyDocument>\(encoded)</AssumeRolePolicyDocument>
            <MaxSessionDuration>3600</MaxSessionDuration></Role></GetRoleResult></GetRoleResponse>
            """
        )
    }

    private static func provider(_ audience: String) -> LoopbackReply {
        .response(
            200,
            """
            <GetOpenIDConnectProviderResponse><GetOpenIDConnectProviderResult><Url>issuer.example.com</Url>
            <ClientIDList><member>\(audience)</member></ClientIDList></GetOpenIDConnectProviderResult>
            </GetOpenIDConnectProviderResponse>
            """
        )
    }

    private static let missing = LoopbackReply.response(404, Samples.failure("NoSuchEntity"))

    private func explain(
        _ replies: [LoopbackReply],
        duration: String? = nil
    ) async throws -> (explanation: TrustExplanation, notes: [String]) {
        let server = try LoopbackServer(replies)
        let admin = AdminCredentials(
            SigningCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: Secret(Samples.secretKey),
                sessionToken: nil
            ),
            from: .variable("AWS_ACCESS_KEY_ID")
        )
        let client = try IAMClient(
            credentials: admin,
            region: "us-east-2",
            environment: ["AWS_ENDPOINT_URL": server.url],
            clock: TestClock().clock
        )
        let options = CredentialOptions(
            roleARN: Samples.role,
            region: "us-east-2",
            tokenEnvironment: "T",
            duration: duration
        )
        let settings = try #require(
            try CredentialSettings.resolve(options: options, environment: [:], phase: "explain")
        )
        let result = try await RoleInspection(settings: settings).fetch(client)
        return (try await result.explain(try PolicySamples.request()), result.notes)
    }

    @Test func `role and provider of IAM are compared`() async throws {
        let (explanation, notes) = try await explain([Self.role(), Self.provider(TokenFactory.audience)])
        #expect(explanation.isAllowed)
        #expect(explanation.fixes.isEmpty)
        #expect(notes.isEmpty)
        #expect(explanation.lines.contains { $0.contains("identity provider") && $0.contains("is there") })
        #expect(explanation.json["provider"]?["passed"] == .bool(true))
    }

    @Test func `a provider that does not take the audience refuses, whatever the policy says`() async throws {
        let (explanation, _) = try await explain([Self.role(), Self.provider("sts.amazonaws.com")])
        #expect(explanation.verdict == .allowed)
        #expect(!explanation.isAllowed)
        #expect(explanation.fixes.first?.contains("add-client-id-to-open-id-connect-provider") == true)
        #expect(explanation.lines.contains("      expected: \"sts.amazonaws.com\""))
    }

    @Test func `without a provider it is said how to make one`() async throws {
        let (explanation, _) = try await explain([Self.role(), Self.missing])
        #expect(!explanation.isAllowed)
        #expect(
            explanation.fixes.first?.contains("create-open-id-connect-provider --url https://issuer.example.com")
                == true
        )
        #expect(explanation.json["provider"]?["exists"] == .bool(false))
    }

    @Test func `a session longer than the role allows is told`() async throws {
        let (_, notes) = try await explain([Self.role(), Self.provider("a")], duration: "2h")
        #expect(notes.count == 1)
        #expect(notes[0].contains("7200 s"))
    }

    @Test func `a role that is not there, or another of that name, is told`() async throws {
        let missing = await #expect(throws: CredentialError.self) { try await explain([Self.missing]) }
        #expect(missing?.code == .refused)
        #expect(missing?.message.contains("has no role okteto-credentials") == true)
        let other = "arn:aws:iam::112233445566:role/path/okteto-credentials"
        let error = await #expect(throws: CredentialError.self) { try await explain([Self.role(other)]) }
        #expect(error?.kind == .settings)
        #expect(error?.message.contains("role/path/okteto-credentials") == true)
    }
}
