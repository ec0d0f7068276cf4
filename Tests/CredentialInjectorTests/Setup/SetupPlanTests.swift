import Testing

@testable import CredentialInjector

@Suite struct SetupPlanTests {
    static let provider = "arn:aws:iam::112233445566:oidc-provider/oidc.example.com/id/A1"
    static let s3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess"

    static func request(
        audiences: [String] = ["okteto.example.com/us-east-2"],
        policies: [String] = [s3],
        inline: PolicyDocument? = nil,
        thumbprints: [String] = [],
        maximumSessionDuration: Int? = nil
    ) throws -> SetupRequest {
        try SetupRequest(
            trust: TrustPolicyTemplateTests.template(audiences: audiences),
            role: "okteto-credentials",
            policies: policies,
            inlinePolicy: inline,
            thumbprints: thumbprints,
            maximumSessionDuration: maximumSessionDuration
        )
    }

    static func plan(_ request: SetupRequest, _ state: SetupState = .nothing) throws -> SetupPlan {
        try SetupPlan(request, partition: "aws", account: "112233445566", state: state)
    }

    static func provider(
        audiences: [String] = ["okteto.example.com/us-east-2"],
        thumbprints: [String] = [],
        tags: [String: String] = [:]
    ) throws -> IAMIdentityProvider {
        try IAMAnswers.provider(arn: provider, audiences: audiences, thumbprints: thumbprints, tags: tags)
    }

    static func role(
        _ policy: PolicyDocument? = nil,
        name: String = "okteto-credentials",
        tags: [String: String] = [:]
    ) throws -> IAMRole {
        let trust = try policy ?? request().trust.policy(provider: provider)
        return try IAMAnswers.role(name: name, trust: trust.text, tags: tags)
    }

    private static let readOnly = PolicyDocument(statements: [
        .object(["Effect": .string("Allow"), "Action": .string("s3:Get*"), "Resource": .string("*")])
    ])

    @Test func `an account that has nothing gets provider, role and policies, in this order`() throws {
        let plan = try Self.plan(try Self.request(inline: Self.readOnly, maximumSessionDuration: 7200))
        #expect(
            plan.steps.map(\.title) == [
                "create the identity provider of https://oidc.example.com/id/A1 for okteto.example.com/us-east-2",
                "create role okteto-credentials",
                "attach \(Self.s3) to role okteto-credentials",
                "add policy okteto-run of role okteto-credentials",
            ]
        )
        #expect(!plan.changesExisting)
        #expect(plan.role == "arn:aws:iam::112233445566:role/okteto-credentials")
        #expect(plan.provider == Self.provider)
        #expect(plan.steps[1].difference.allSatisfy { $0.hasPrefix("+ ") })
    }

    @Test func `nothing is to do where everything is there`() throws {
        let request = try Self.request(inline: Self.readOnly, thumbprints: [String(repeating: "aB", count: 20)])
        let state = SetupState(
            provider: try Self.provider(thumbprints: [String(repeating: "ab", count: 20)]),
            role: try Self.role(),
            attached: [Self.s3],
            inlinePolicy: Self.readOnly
        )
        #expect(try Self.plan(request, state).steps.isEmpty)
    }

    @Test func `an issuer that AWS knows by itself gets no provider`() throws {
        let template = try TrustPolicyTemplateTests.template(issuer: "https://accounts.google.com")
        let plan = try Self.plan(try SetupRequest(trust: template, role: "r"))
        #expect(plan.steps.map(\.title) == ["create role r"])
    }

    @Test func `a provider that was there takes the audience, and is tagged with it before`() throws {
        let request = try Self.request(audiences: ["okteto.example.com/us-east-2", "second"], policies: [])
        let trust = request.trust.policy(provider: Self.provider)
        let state = SetupState(provider: try Self.provider(), role: try Self.role(trust))
        let plan = try Self.plan(request, state)
        #expect(
            plan.steps == [
                .tagProvider(Self.provider, tags: ["okteto-run:audience-1": "second"]),
                .addAudience("second", provider: Self.provider),
            ]
        )
        #expect(plan.changesExisting)
    }

    @Test func `fingerprints are added to those of a provider`() throws {
        let (old, new) = (String(repeating: "a", count: 40), String(repeating: "B", count: 40))
        let state = SetupState(provider: try Self.provider(thumbprints: [old]), role: try Self.role())
        let plan = try Self.plan(try Self.request(policies: [], thumbprints: [new]), state)
        #expect(plan.steps == [.setThumbprints([old, new.lowercased()], provider: Self.provider)])
    }

    @Test func `another trust policy is changed for this provider alone, and the change is shown`() throws {
        let other = JSONValue.object(["Effect": .string("Allow"), "Principal": .object(["AWS": .string("x")])])
        let mine = try TrustPolicyTemplateTests.template(subjects: ["old"]).statement(provider: Self.provider)
        let role = try Self.role(PolicyDocument(statements: [mine, other]))
        let plan = try Self.plan(
            try Self.request(policies: []),
            SetupState(provider: try Self.provider(), role: role)
        )
        guard case .changeTrust(_, _, let new) = try #require(plan.steps.first) else {
            Issue.record("\(plan.steps)")
            return
        }
        #expect(plan.steps.count == 1)
        #expect(plan.changesExisting)
        #expect(new.statements.contains(other))
        #expect(new.statements.count == 2)
        #expect(plan.steps[0].difference.contains { $0.hasPrefix("- ") && $0.contains("\"old\"") })
        #expect(plan.steps[0].difference.contains { $0.hasPrefix("+ ") && $0.contains("okteto:okteto") })
    }

    @Test func `a policy that means the same is left as it is, however it is written`() throws {
        let text = """
            {"Statement":{"Sid":"Mine","Condition":{"StringEquals":{"oidc.example.com/id/A1:sub":
            ["system:serviceaccount:okteto:okteto"],"oidc.example.com/id/A1:aud":"okteto.example.com/us-east-2"}},
            "Action":["sts:AssumeRoleWithWebIdentity"],"Principal":{"Federated":["\(Self.provider)"]},"Effect":"Allow"},
            "Version":"2012-10-17"}
            """
        let role = try IAMAnswers.role(name: "okteto-credentials", trust: text, tags: [:])
        let state = SetupState(provider: try Self.provider(), role: role)
        #expect(try Self.plan(try Self.request(policies: []), state).steps.isEmpty)
    }

    @Test func `a role that was there gets what is missing, and is tagged with it before`() throws {
        let state = SetupState(
            provider: try Self.provider(),
            role: try Self.role(tags: ["okteto-run:policy-1": "arn:aws:iam::aws:policy/Other"])
        )
        let plan = try Self.plan(
            try Self.request(inline: Self.readOnly, maximumSessionDuration: 7200),
            state
        )
        #expect(
            plan.steps == [
                .tagRole(
                    "okteto-credentials",
                    tags: ["okteto-run:policy-2": Self.s3, "okteto-run:inline-policy": "okteto-run"]
                ),
                .attachPolicy(Self.s3, role: "okteto-credentials"),
                .putPolicy(name: "okteto-run", role: "okteto-credentials", from: nil, to: Self.readOnly),
            ]
        )
        #expect(plan.warnings == ["role okteto-credentials allows sessions of at most 3600 s, and is left so"])
    }

    @Test func `a policy of the role that differs is changed, and the change is shown`() throws {
        let old = PolicyDocument(statements: [])
        let state = SetupState(provider: try Self.provider(), role: try Self.role(), inlinePolicy: old)
        let plan = try Self.plan(try Self.request(policies: [], inline: Self.readOnly), state)
        #expect(plan.steps.map(\.title) == ["change policy okteto-run of role okteto-credentials"])
        #expect(plan.steps[0].difference.contains { $0.hasPrefix("+ ") && $0.contains("s3:Get*") })
    }

    @Test func `an existing role whose policy cannot be read is an error`() throws {
        let role = try IAMAnswers.role(name: "okteto-credentials", trust: "{", tags: [:])
        #expect(throws: CredentialError.self) { try Self.plan(try Self.request(), SetupState(role: role)) }
    }

    @Test(arguments: [
        ("", [Self.s3], [String](), nil as Int?), ("a b", [], [], nil), ("ä", [], [], nil),
        (String(repeating: "a", count: 65), [], [], nil), ("r", ["AmazonS3FullAccess"], [], nil),
        ("r", ["arn:aws:iam::aws:role/x"], [], nil), ("r", [], ["ab:cd"], nil), ("r", [], [], 60),
    ])
    func `what IAM would not take is refused before it is asked`(
        role: String,
        policies: [String],
        thumbprints: [String],
        duration: Int?
    ) throws {
        let error = #expect(throws: CredentialError.self) {
            try SetupRequest(
                trust: TrustPolicyTemplateTests.template(),
                role: role,
                policies: policies,
                thumbprints: thumbprints,
                maximumSessionDuration: duration
            )
        }
        #expect(error?.code == .settings)
        #expect(error?.nextStep != nil)
    }

    @Test(arguments: [("{", "not JSON"), ("[]", "not a policy"), ("{}", "not a policy")])
    func `a file that is no policy is refused`(text: String, words: String) {
        let error = #expect(throws: CredentialError.self) { try PolicyDocument(json: Array(text.utf8), of: "p.json") }
        #expect(error?.message.contains(words) == true)
    }

    @Test func `tags name only what a tag can hold`() {
        #expect(SetupTags.isValue("okteto.example.com/us-east-2"))
        #expect(!SetupTags.isValue("a,b"))
        #expect(!SetupTags.isValue(String(repeating: "a", count: 257)))
        let tags = SetupTags.forAudiences(["a", "b,c"], beside: ["okteto-run:audience-1": "z"])
        #expect(tags == ["okteto-run:audience-2": "a"])
        #expect(SetupTags.forAudiences(["z"], beside: ["okteto-run:audience-1": "z"]).isEmpty)
    }
}
