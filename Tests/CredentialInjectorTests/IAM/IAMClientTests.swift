import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

/// What IAM's answers mean, and what each refusal says; real requests are tried against moto and the gateway.
@Suite(.timeLimit(.minutes(1))) struct IAMClientTests {
    static let admin = AdminCredentials(
        SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret(Samples.secretKey), sessionToken: nil),
        from: .variable("AWS_ACCESS_KEY_ID")
    )
    private static let arn = SetupPlanTests.provider

    static func client(_ server: LoopbackServer, clock: TestClock = TestClock()) throws -> IAMClient {
        try IAMClient(
            credentials: admin,
            region: "us-east-2",
            environment: ["AWS_ENDPOINT_URL": server.url],
            policy: RetryPolicy(maximumAttempts: 3),
            clock: clock.clock
        )
    }

    private static func failure(_ code: String, _ message: String = "words") -> String {
        "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>"
            + "<RequestId>r-9</RequestId></ErrorResponse>"
    }

    @Test func `a role is asked for by a signed form and read`() async throws {
        let body = IAMAnswers.answer(
            "GetRole",
            "<GetRoleResult>\(IAMAnswers.roleText("r", #"{"a": 1}"#, ["k": "v"]))</GetRoleResult>"
        )
        let server = try LoopbackServer([.response(200, body)])
        let role = try #require(try await Self.client(server).role(named: "r"))
        #expect(role.arn == "arn:aws:iam::112233445566:role/r")
        #expect(role.trustPolicy == #"{"a": 1}"#)
        #expect(role.maximumSessionDuration == 3600)
        #expect(role.tags == ["k": "v"])
        let request = try #require(server.requests.first)
        #expect(request.body == "Action=GetRole&Version=2010-05-08&RoleName=r")
        let scope = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20231114/us-east-2/iam/aws4_request, "
        #expect(request.header("Authorization")?.hasPrefix(scope) == true)
        #expect(!request.lines.joined().contains(Samples.secretKey))
    }

    @Test func `what does not exist is nil, and its removal no error`() async throws {
        let server = try LoopbackServer([.response(404, Self.failure("NoSuchEntity"))])
        let client = try Self.client(server)
        #expect(try await client.role(named: "r") == nil)
        #expect(try await client.identityProvider(arn: Self.arn) == nil)
        #expect(try await client.inlinePolicy("p", ofRole: "r") == nil)
        try await client.deleteRole("r")
        try await client.deleteIdentityProvider(Self.arn)
        try await client.detachPolicy("p", fromRole: "r")
        try await client.deleteInlinePolicy("p", ofRole: "r")
    }

    @Test func `a provider is read with its audiences, fingerprints and tags`() async throws {
        let result = IAMAnswers.providerText(Self.arn, ["a", "b"], ["ab"], ["k": "v"])
        let server = try LoopbackServer([.response(200, IAMAnswers.answer("GetOpenIDConnectProvider", result))])
        let provider = try #require(try await Self.client(server).identityProvider(arn: Self.arn))
        #expect(provider.clientIDs == ["a", "b"])
        #expect(provider.thumbprints == ["ab"])
        #expect(provider.tags == ["k": "v"])
        #expect(provider.url == "oidc.example.com/id/A1")
        #expect(IAMIdentityProvider.issuer(inARN: "arn:aws:iam::1:saml-provider/x") == nil)
    }

    @Test func `lists are read to their last page`() async throws {
        let first = """
            <ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyArn>a</PolicyArn></member></AttachedPolicies>
            <IsTruncated>true</IsTruncated><Marker>m</Marker></ListAttachedRolePoliciesResult>
            """
        let second = """
            <ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyArn>b</PolicyArn></member></AttachedPolicies>
            <IsTruncated>false</IsTruncated></ListAttachedRolePoliciesResult>
            """
        let server = try LoopbackServer(
            [first, second].map { .response(200, IAMAnswers.answer("ListAttachedRolePolicies", $0)) }
        )
        #expect(try await Self.client(server).attachedPolicies(ofRole: "r") == ["a", "b"])
        #expect(server.requests.last?.body.hasSuffix("&RoleName=r&Marker=m") == true)
    }

    @Test func `all roles are read, page by page`() async throws {
        let pages = ["<IsTruncated>true</IsTruncated><Marker>m</Marker>", "<IsTruncated>false</IsTruncated>"]
        let server = try LoopbackServer(
            pages.enumerated().map { index, end in
                let roles = IAMAnswers.roleText("r\(index)", "{}", as: "member")
                let result = "<ListRolesResult><Roles>\(roles)</Roles>\(end)</ListRolesResult>"
                return .response(200, IAMAnswers.answer("ListRoles", result))
            }
        )
        #expect(try await Self.client(server).roles().map(\.name) == ["r0", "r1"])
    }

    @Test func `changes are sent with all that they need`() async throws {
        let created = IAMAnswers.answer(
            "CreateOpenIDConnectProvider",
            "<CreateOpenIDConnectProviderResult><OpenIDConnectProviderArn>\(Self.arn)</OpenIDConnectProviderArn>"
                + "</CreateOpenIDConnectProviderResult>"
        )
        let server = try LoopbackServer([.response(200, created)])
        let made = try await Self.client(server).createIdentityProvider(
            url: "https://i",
            clientIDs: ["a b"],
            thumbprints: ["ab"],
            tags: ["y": "2", "x": "1"]
        )
        #expect(made == Self.arn)
        #expect(
            server.requests.first?.body == "Action=CreateOpenIDConnectProvider&Version=2010-05-08&Url=https%3A%2F%2Fi"
                + "&ClientIDList.member.1=a+b&ThumbprintList.member.1=ab&Tags.member.1.Key=x&Tags.member.1.Value=1"
                + "&Tags.member.2.Key=y&Tags.member.2.Value=2"
        )
    }

    @Test(
        arguments: [
            (403, "AccessDenied", CredentialError.Code.refused, "allow the caller iam:GetRole"),
            (403, "InvalidClientTokenId", .refused, "are not known there"),
            (403, "ExpiredToken", .refused, "have expired"), (403, "SignatureDoesNotMatch", .refused, "secret key"),
            (409, "LimitExceeded", .refused, "quota"), (400, "MalformedPolicyDocument", .refused, "correct the policy"),
            (409, "DeleteConflict", .refused, "first"), (400, "SomethingElse", .refused, "service's words"),
            (409, "ConcurrentModification", .temporary, "try again later"),
            (400, "Throttling", .temporary, "try again later"), (503, "ServiceFailure", .temporary, "try again later"),
        ]
    )
    func `each refusal says what to do`(
        status: Int,
        code: String,
        kind: CredentialError.Code,
        words: String
    ) async throws {
        let server = try LoopbackServer([.response(status, Self.failure(code))])
        let error = await #expect(throws: CredentialError.self) { try await Self.client(server).role(named: "r") }
        #expect(error?.code == kind)
        #expect(error?.serviceCode == code)
        #expect(error?.message.contains("iam:GetRole of role r") == true)
        #expect(error?.message.contains("\(code): words") == true)
        #expect(error?.nextStep?.contains(words) == true, "\(error?.nextStep ?? "")")
        #expect(error?.details.contains("request id: r-9") == true)
        #expect(server.requests.count == (kind == .temporary ? 3 : 1))
    }

    @Test func `a clock that is wrong is named where the signature is refused for it`() async throws {
        let server = try LoopbackServer([
            .response(
                403,
                Self.failure("SignatureDoesNotMatch"),
                headers: ["Content-Type: text/xml", "Date: Tue, 14 Nov 2023 23:13:20 GMT"]
            )
        ])
        let error = await #expect(throws: CredentialError.self) { try await Self.client(server).role(named: "r") }
        #expect(error?.nextStep?.contains("set this machine's clock") == true)
    }

    @Test(
        arguments: [
            (LoopbackReply.response(200, "<html/>"), CredentialError.Code.response, "not one of IAM"),
            (.response(200, IAMAnswers.answer("GetRole", "")), .response, "lacks"),
            (.response(307, "", headers: ["Location: https://evil"]), .response, "redirect"),
            (.response(404, "<html>"), .refused, "HTTP status 404"), (.nothing, .temporary, "cannot be reached"),
            (.response(200, String(repeating: "x", count: 300 << 10)), .transport, "cannot be asked"),
        ]
    )
    func `an answer that is none of IAM is an error`(
        reply: LoopbackReply,
        code: CredentialError.Code,
        words: String
    ) async throws {
        let server = try LoopbackServer([reply])
        let error = await #expect(throws: CredentialError.self) { try await Self.client(server).role(named: "r") }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `a new provider that is not known yet as a principal is waited for`() async throws {
        let role = IAMAnswers.answer(
            "CreateRole",
            "<CreateRoleResult>\(IAMAnswers.roleText("r", "{}"))</CreateRoleResult>"
        )
        let server = try LoopbackServer([
            .response(400, Self.failure("MalformedPolicyDocument")), .response(200, role),
        ])
        let step = SetupStep.createRole(
            name: "r",
            trust: PolicyDocument(statements: []),
            maximumSessionDuration: 7200,
            tags: [:],
            afterNewProvider: true
        )
        try await SetupRun(client: Self.client(server)) { _ in }.perform([step])
        #expect(server.requests.count == 2)
        #expect(server.requests.last?.body.contains("&MaxSessionDuration=7200") == true)
    }

    @Test func `a run that fails says what was made and what was not`() async throws {
        let server = try LoopbackServer([
            .response(200, IAMAnswers.answer("TagRole", "")), .response(403, Self.failure("AccessDenied")),
        ])
        let steps: [SetupStep] = [
            .tagRole("r", tags: ["a": "b"]), .attachPolicy("arn:p", role: "r"), .deleteRole("r"),
        ]
        let error = await #expect(throws: CredentialError.self) {
            try await SetupRun(client: Self.client(server)) { _ in }.perform(steps)
        }
        #expect(error?.details.contains("done: tag role r with what is added") == true)
        #expect(error?.details.contains("not done: attach arn:p to role r") == true)
        #expect(error?.details.contains("not done: delete role r") == true)
        #expect(error?.nextStep?.contains("iam:AttachRolePolicy") == true)
        #expect(error?.nextStep?.hasSuffix("run the same command again: it goes on from here") == true)
    }

    @Test func `what somebody else created in between is said`() async throws {
        let server = try LoopbackServer([.response(409, Self.failure("EntityAlreadyExists"))])
        let step = SetupStep.createProvider(url: "https://i", arn: "x", audiences: ["a"], thumbprints: [], tags: [:])
        let error = await #expect(throws: CredentialError.self) {
            try await SetupRun(client: Self.client(server)) { _ in }.perform([step])
        }
        #expect(error?.nextStep?.hasPrefix("it was created a moment ago") == true)
    }

    @Test func `a provider that is made under another name stops the run`() async throws {
        let answer =
            "<CreateOpenIDConnectProviderResult><OpenIDConnectProviderArn>other</OpenIDConnectProviderArn>"
            + "</CreateOpenIDConnectProviderResult>"
        let server = try LoopbackServer([.response(200, IAMAnswers.answer("CreateOpenIDConnectProvider", answer))])
        let step = SetupStep.createProvider(url: "https://i", arn: "x", audiences: ["a"], thumbprints: [], tags: [:])
        let error = await #expect(throws: CredentialError.self) {
            try await SetupRun(client: Self.client(server)) { _ in }.perform([step])
        }
        #expect(error?.message.contains("as other, and not as x") == true)
    }

    @Test func `every change is asked for by its own action`() async throws {
        let steps: [(SetupStep, String)] = [
            (.addAudience("a", provider: "p"), "AddClientIDToOpenIDConnectProvider"),
            (.removeAudience("a", provider: "p"), "RemoveClientIDFromOpenIDConnectProvider"),
            (.setThumbprints(["ab"], provider: "p"), "UpdateOpenIDConnectProviderThumbprint"),
            (.tagProvider("p", tags: ["k": "v"]), "TagOpenIDConnectProvider"),
            (.untagProvider("p", keys: ["k"]), "UntagOpenIDConnectProvider"),
            (.deleteProvider("p"), "DeleteOpenIDConnectProvider"),
            (
                .changeTrust(role: "r", from: PolicyDocument(statements: []), to: PolicyDocument(statements: [])),
                "UpdateAssumeRolePolicy"
            ),
            (.untagRole("r", keys: ["k"]), "UntagRole"),
            (.putPolicy(name: "n", role: "r", from: nil, to: PolicyDocument(statements: [])), "PutRolePolicy"),
            (.deletePolicy(name: "n", role: "r"), "DeleteRolePolicy"),
            (.detachPolicy("a", role: "r"), "DetachRolePolicy"), (.deleteRole("r"), "DeleteRole"),
        ]
        for (step, action) in steps {
            let server = try LoopbackServer([.response(200, IAMAnswers.answer(action, ""))])
            try await SetupRun(client: Self.client(server)) { _ in }.perform([step])
            #expect(server.requests.first?.body.hasPrefix("Action=\(action)&") == true)
        }
    }
}
