import FoundationEssentials
import Testing

/// `okteto-run credentials check` and `okteto-run aws explain` on a real issuer and a real STS.
@Suite(.enabled(if: Lab.isRunning, "needs the lab: scripts/test starts it"), .timeLimit(.minutes(5)))
struct CredentialCheckTests {
    private struct Report: Decodable {
        struct Step: Decodable {
            struct Fact: Decodable {
                let name: String
                let value: String
                let origin: String?
            }

            let name: String
            let outcome: String
            let summary: String
            let facts: [Fact]
            let nextStep: String?

            func fact(_ name: String) -> String? { facts.first { $0.name == name }?.value }
        }

        let ok: Bool
        let exitStatus: Int32
        let serviceCode: String?
        let steps: [Step]

        subscript(name: String) -> Step? { steps.first { $0.name == name } }
    }

    private func run(
        _ arguments: [String],
        token: String,
        _ changes: [String: String] = [:]
    ) async throws -> Program.Result {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "")
        let environment = lab.environment(token: token, engine: nil).merging(changes) { $1 }
        let result = try await Program.run(arguments, in: workspace.path, environment: environment)
        for part in token.split(separator: ".") where part.count > 8 {
            #expect(!(result.output + result.errors).contains(part))
        }
        return result
    }

    private func check(_ token: String, _ changes: [String: String] = [:]) async throws -> Report {
        let result = try await run(["credentials", "check", "--format", "json"], token: token, changes)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.exitStatus == result.status)
        return report
    }

    @Test func `a good token is verified and exchanged, and every setting names its origin`() async throws {
        let lab = try #require(Lab.current)
        let report = try await check(try await lab.token())
        #expect(report.ok)
        #expect(report["signature"]?.outcome == "passed")
        #expect(report["signature"]?.fact("key") == "k1")
        let role = report["settings"]?.facts.first { $0.name == "role" }
        #expect(role?.value == lab.roleARN)
        #expect(role?.origin == "variable OKTETO_RUN_ROLE_ARN")
        let assumed = "arn:aws:sts::112233445566:assumed-role/okteto-credentials/okteto-run-check"
        #expect(report["exchange"]?.fact("assumed role") == assumed)
        #expect(report["exchange"]?.fact("until")?.isEmpty == false)
        #expect(report["clock"]?.outcome == "passed")
    }

    @Test func `the answer for a person shows no secret`() async throws {
        let lab = try #require(Lab.current)
        let result = try await run(["credentials", "check"], token: try await lab.token())
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("[ok]   signature: is the issuer's"))
        #expect(result.output.contains("sub       system:serviceaccount:okteto:okteto"))
        #expect(!result.output.contains("eyJ"))
    }

    @Test(arguments: [
        ("key=k2", "signature", "does not belong"), ("kid=k9", "signature", "k9"), ("exp=-600", "token", "expired"),
        ("alg=none", "token", "'none'"), ("alg=HS256", "token", "'HS256'"), ("aud=else", "token", "else"),
        ("iss=http://127.0.0.1:1", "issuer", "cannot be read"), ("sub=someone:else", "exchange", "AccessDenied"),
        ("sub=", "token", "sub"),
    ])
    func `what is wrong with a token is found, and the steps that are still possible go on`(
        change: String,
        step: String,
        part: String
    ) async throws {
        let lab = try #require(Lab.current)
        let report = try await check(try await lab.token(change))
        // The lab's gateway takes any key of the issuer's, whatever the token calls it; AWS does not.
        #expect(report.exitStatus == (change == "kid=k9" ? 0 : 77))
        #expect(report.steps.map(\.name) == ["settings", "token", "issuer", "signature", "exchange", "clock"])
        let found = try #require(report[step])
        #expect(["failed", "warning"].contains(found.outcome))
        #expect(found.summary.contains(part), "\(found.summary)")
        #expect(found.nextStep?.isEmpty == false)
        // Whatever became of the token, the issuer was asked.
        #expect(report["issuer"]?.outcome != "skipped")
    }

    @Test func `an STS that is down is a temporary failure, and the token was still verified`() async throws {
        let lab = try #require(Lab.current)
        let changes = ["AWS_ENDPOINT_URL_STS": "https://localhost:1", "AWS_MAX_ATTEMPTS": "2"]
        let report = try await check(try await lab.token(), changes)
        #expect(report.exitStatus == 75)
        #expect(report["signature"]?.outcome == "passed")
        #expect(report["exchange"]?.summary.contains("after 2 attempts") == true)
    }

    @Test func `settings that cannot work are the first step`() async throws {
        let lab = try #require(Lab.current)
        let report = try await check(try await lab.token(), ["OKTETO_RUN_ROLE_ARN": "nonsense"])
        #expect(report.exitStatus == 77)
        #expect(report.steps.map(\.outcome) == ["failed"] + [String](repeating: "skipped", count: 5))
        let none = try await run(["credentials", "check"], token: "x", ["OKTETO_RUN_NO_CREDENTIALS": "1"])
        #expect(none.status == 77)
        #expect(none.output.contains("leaves nothing to check"))
    }

    @Test func `an account that is not allowed gets no token`() async throws {
        let lab = try #require(Lab.current)
        let token = try await lab.token()
        let report = try await check(token, ["OKTETO_RUN_ALLOWED_ACCOUNT": "000000000000"])
        #expect(report.exitStatus == 77)
        #expect(report["settings"]?.summary.contains("only 000000000000") == true)
        #expect(try await check(token, ["OKTETO_RUN_ALLOWED_ACCOUNT": "112233445566"]).ok)
    }

    @Test func `a session policy narrows what STS issued, and one that is none is explained`() async throws {
        let lab = try #require(Lab.current)
        let report = try await check(try await lab.token(), ["OKTETO_RUN_SESSION_POLICY": #"{"Version":"x"}"#])
        #expect(report.serviceCode == "MalformedPolicyDocument")
        #expect(report["exchange"]?.nextStep?.contains("--session-policy") == true)
    }

    private func policy() throws -> Workspace {
        let lab = try #require(Lab.current)
        let issuer = lab.issuerHost
        let folder = FileManager.default.currentDirectoryPath
        let guide = try String(contentsOfFile: folder + "/Lab/trust-policy.json", encoding: .utf8)
        return try Workspace(
            manifest: "",
            files: ["policy.json": guide.replacing("ISSUER", with: issuer)]
        )
    }

    @Test func `the role's own policy is explained as STS takes it`() async throws {
        let lab = try #require(Lab.current)
        let workspace = try policy()
        let arguments = ["aws", "explain", "--trust-policy", workspace.path + "/policy.json"]
        let good = try await run(arguments, token: try await lab.token())
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        let bad = try await run(arguments, token: try await lab.token("sub=system:serviceaccount:okteto:other"))
        #expect(bad.status == 77)
        #expect(bad.output.contains("the service account is \"other\", not \"okteto\""), "\(bad.output)")
    }

    @Test func `a policy that is none, or not there, exits with the right status`() async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "", files: ["policy.json": "{\n}}"])
        let token = try await lab.token()
        let broken = try await run(["aws", "explain", "--trust-policy", workspace.path + "/policy.json"], token: token)
        #expect(broken.status == 77)
        #expect(broken.errors.contains("line 2"))
        let missing = try await run(["aws", "explain", "--trust-policy", "/nosuch.json"], token: token)
        #expect(missing.status == 74)
        let none = try await run(["aws", "explain"], token: token)
        #expect(none.status == 77)
        #expect(none.errors.contains("--trust-policy"))
    }

    @Test func `a refusal during a run says what it means and what the policy must have`() async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "deploy:\n- touch ran\n")
        let environment = lab.environment(token: try await lab.token("sub=someone:else"), engine: nil)
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 77)
        for part in [
            "AccessDenied", "it means: the role's trust policy", "token sub: someone:else", ":sub = someone:else",
            "aws explain",
        ] { #expect(result.errors.contains(part), "\(result.errors)") }
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }
}
