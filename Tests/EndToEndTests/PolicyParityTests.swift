import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// What `okteto-run aws explain` says of a trust policy is what a service does that evaluates it: the lab's gateway.
@Suite(.enabled(if: Lab.isRunning, "needs the lab: scripts/test starts it"), .timeLimit(.minutes(5)))
struct PolicyParityTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let condition: String
        var effect = "Allow"
        var action = #""sts:AssumeRoleWithWebIdentity""#
        var other = ""

        var testDescription: String { "\(effect) \(action) \(condition) \(other)" }

        func policy(issuer: String) -> String {
            let principal = #"{"Federated":["arn:aws:iam::112233445566:oidc-provider/\#(issuer)"]}"#
            let statement =
                #"{"Effect":"\#(effect)","Principal":\#(principal),"Action":\#(action),"Condition":\#(condition)}"#
            let more = other.replacing("PRINCIPAL", with: principal)
            return #"{"Version":"2012-10-17","Statement":[\#(statement)\#(more)]}"#.replacing("ISSUER", with: issuer)
        }
    }

    private static let subject = "system:serviceaccount:okteto:okteto"

    static let cases = [
        Case(condition: #"{"StringEquals":{"ISSUER:sub":"\#(subject)"}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:sub":"System:serviceaccount:okteto:okteto"}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:sub":["x","\#(subject)"]}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:sub":"system:*"}}"#),
        Case(condition: #"{"StringLike":{"ISSUER:sub":"system:*"}}"#),
        Case(condition: #"{"StringLike":{"ISSUER:sub":"system:serviceaccount:okteto:okte??"}}"#),
        Case(condition: #"{"StringLike":{"ISSUER:sub":"system:serviceaccount:other:*"}}"#),
        Case(condition: #"{"StringEqualsIgnoreCase":{"ISSUER:sub":"SYSTEM:serviceaccount:okteto:okteto"}}"#),
        Case(condition: #"{"StringNotEquals":{"ISSUER:sub":"\#(subject)"}}"#),
        Case(condition: #"{"StringNotEquals":{"ISSUER:sub":"x"}}"#),
        Case(condition: #"{"StringNotLike":{"ISSUER:sub":"system:*"}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:aud":"other"}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:aud":"okteto.example.com/us-east-2","ISSUER:sub":"x"}}"#),
        Case(condition: #"{"StringEqualsIfExists":{"ISSUER:nothing":"x"}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:nothing":"x"}}"#),
        Case(condition: #"{"StringEquals":{"ISSUER:sub":"\#(subject)"}}"#, action: #"["sts:*"]"#),
        Case(condition: #"{"StringEquals":{"ISSUER:sub":"\#(subject)"}}"#, action: #""sts:AssumeRole""#),
        Case(
            condition: #"{"StringEquals":{"ISSUER:sub":"x"}}"#,
            other: #",{"Effect":"Allow","Principal":PRINCIPAL,"Action":"sts:AssumeRoleWithWebIdentity","#
                + #""Condition":{"StringLike":{"ISSUER:aud":"okteto*"}}}"#
        ),
        Case(
            condition: #"{"StringLike":{"ISSUER:sub":"*"}}"#,
            other: #",{"Effect":"Deny","Principal":PRINCIPAL,"Action":"sts:AssumeRoleWithWebIdentity","#
                + #""Condition":{"StringEquals":{"ISSUER:sub":"\#(subject)"}}}"#
        ),
        Case(condition: #"{"StringEquals":{"ISSUER:sub":"\#(subject)"}}"#, effect: "Deny"),
    ]

    @Test func `what is explained is what the service does`() async throws {
        let lab = try #require(Lab.current)
        let issuer = lab.issuerHost
        let workspace = try Workspace(manifest: "")
        let token = try await lab.token()
        var statuses: Set<Int32> = []
        for (index, entry) in Self.cases.enumerated() {
            let policy = entry.policy(issuer: issuer)
            try Data(policy.utf8).write(to: URL(filePath: workspace.path + "/policy.json"))
            let role = "parity-\(index)"
            try await lab.createRole(role, policy: workspace.path + "/policy.json")
            var environment = lab.environment(token: token, engine: nil)
            environment["OKTETO_RUN_ROLE_ARN"] = "arn:aws:iam::112233445566:role/\(role)"
            environment["OKTETO_RUN_TRUST_POLICY"] = workspace.path + "/policy.json"
            let real = try await Program.run(["credentials", "check"], in: workspace.path, environment: environment)
            let explained = try await Program.run(["aws", "explain"], in: workspace.path, environment: environment)
            statuses.insert(real.status)
            #expect(explained.status == real.status, "\(entry.testDescription): \(explained.output)\(real.output)")
        }
        #expect(statuses == [0, 77])
    }
}
