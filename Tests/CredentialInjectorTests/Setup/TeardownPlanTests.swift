import Testing

@testable import CredentialInjector

@Suite struct TeardownPlanTests {
    private static let name = "okteto-credentials"
    private static let made = ["okteto-run:created": "aws-setup"]
    private static let provider = SetupPlanTests.provider
    private static let s3 = SetupPlanTests.s3

    private static func state(
        role: IAMRole?,
        providerTags: [String: String] = made,
        attached: [String] = [s3],
        inline: [String] = [],
        audiences: [String] = ["a"],
        others: [IAMRole]? = []
    ) throws -> TeardownState {
        TeardownState(
            role: role,
            attached: attached,
            inlinePolicies: inline,
            providers: [try SetupPlanTests.provider(audiences: audiences, tags: providerTags)],
            otherRoles: others.map { [provider: $0] } ?? [:]
        )
    }

    private static var own: IAMRole {
        get throws {
            try SetupPlanTests.role(
                tags: made.merging(
                    ["okteto-run:policy-1": s3, "okteto-run:inline-policy": "okteto-run"]
                ) { first, _ in first }
            )
        }
    }

    @Test func `what setup made goes, the role last`() throws {
        let plan = TeardownPlan(try Self.state(role: Self.own, inline: ["okteto-run"]), role: Self.name)
        #expect(
            plan.steps == [
                .detachPolicy(Self.s3, role: Self.name), .deletePolicy(name: "okteto-run", role: Self.name),
                .deleteProvider(Self.provider), .deleteRole(Self.name),
            ]
        )
        #expect(plan.left.isEmpty)
    }

    @Test func `a role that others gave policies to stays without those of setup`() throws {
        let plan = TeardownPlan(
            try Self.state(role: Self.own, attached: [Self.s3, "arn:aws:iam::aws:policy/Other"], inline: ["x"]),
            role: Self.name
        )
        #expect(plan.steps == [.detachPolicy(Self.s3, role: Self.name)])
        #expect(plan.left.contains("\(Self.provider), because roles use it: okteto-credentials"))
        #expect(plan.left.contains { $0.contains("arn:aws:iam::aws:policy/Other, x") })
    }

    @Test func `a role that setup did not create loses only what setup added`() throws {
        let role = try SetupPlanTests.role(tags: ["okteto-run:policy-1": Self.s3, "team": "x"])
        let state = try Self.state(role: role, providerTags: [:], attached: [Self.s3, "o"])
        let plan = TeardownPlan(state, role: Self.name)
        #expect(
            plan.steps == [
                .detachPolicy(Self.s3, role: Self.name), .untagRole(Self.name, keys: ["okteto-run:policy-1"]),
            ]
        )
        #expect(plan.left.count == 2)
    }

    @Test func `a provider that another role uses stays`() throws {
        let other = try SetupPlanTests.role(name: "other")
        let plan = TeardownPlan(try Self.state(role: Self.own, others: [other]), role: Self.name)
        #expect(!plan.steps.contains(.deleteProvider(Self.provider)))
        #expect(plan.left == ["\(Self.provider), because roles use it: other"])
    }

    @Test func `a provider of which it cannot be told who uses it stays`() throws {
        let plan = TeardownPlan(try Self.state(role: Self.own, others: nil), role: Self.name)
        #expect(!plan.steps.contains(.deleteProvider(Self.provider)))
        #expect(plan.left.first?.contains("iam:ListRoles") == true)
    }

    @Test func `of a provider that was there before only the audience goes that setup added`() throws {
        let tags = ["okteto-run:audience-1": "a", "okteto-run:audience-2": "gone"]
        let state = try Self.state(role: nil, providerTags: tags, audiences: ["a", "b"])
        let plan = TeardownPlan(state, role: Self.name)
        #expect(
            plan.steps == [
                .removeAudience("a", provider: Self.provider),
                .untagProvider(Self.provider, keys: ["okteto-run:audience-1", "okteto-run:audience-2"]),
            ]
        )
        #expect(plan.left == ["there is no role okteto-credentials", "\(Self.provider), which setup did not create"])
    }

    @Test func `an audience that another role asks for stays`() throws {
        let other = try SetupPlanTests.role(name: "other")
        let audience = "okteto.example.com/us-east-2"
        let state = try Self.state(
            role: nil,
            providerTags: ["okteto-run:audience-1": audience],
            audiences: [audience],
            others: [other]
        )
        let plan = TeardownPlan(state, role: Self.name)
        #expect(plan.steps.isEmpty)
        #expect(plan.left.contains { $0.contains("role other uses it") })
    }

    @Test func `where nothing is there, the provider can still be named`() {
        let plan = TeardownPlan(TeardownState(), role: Self.name)
        #expect(plan.steps.isEmpty)
        #expect(plan.left.first?.contains("--issuer") == true)
    }
}
