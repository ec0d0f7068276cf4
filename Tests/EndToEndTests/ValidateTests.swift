import FoundationEssentials
import Testing

/// `okteto-run validate` and `okteto-run schema`, as scripts and editors use them.
@Suite struct ValidateTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            let severity: String
            let rule: String
            let message: String
            let line: Int
        }
        let valid: Bool
        let errors: Int
        let failure: String?
        let findings: [Finding]
    }

    private static let broken = "deploy:\n- true\ntest:\n  unit:\n    comands: [x]\n"

    private func validate(_ manifest: String, _ arguments: [String]) async throws -> Program.Result {
        let workspace = try Workspace(manifest: manifest)
        return try await Program.run(["validate"] + arguments, in: workspace.path)
    }

    @Test func `text shows errors and warnings on standard error`() async throws {
        let result = try await validate(Self.broken, [])
        #expect(result.status == 65)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("okteto.yml:2:3: warning: a command is true or false and read as a text"))
        #expect(result.errors.contains("okteto.yml:5:5: error: 'comands' is not a key of the test 'unit'"))
        #expect(result.errors.contains("1 error"))
    }

    @Test func `JSON is one document on standard output, and the status tells errors`() async throws {
        let result = try await validate(Self.broken, ["--format", "json"])
        #expect(result.status == 65)
        #expect(result.errors.isEmpty)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.errors == 1)
        #expect(report.findings.map(\.rule) == ["okteto-schema", "unknown-key"])
        #expect(report.findings.map(\.line) == [2, 5])
        let good = try await validate("deploy: [a]\nicon: x\n", ["--format", "json"])
        #expect(good.status == 0)
        let valid = try JSONDecoder().decode(Report.self, from: Data(good.output.utf8))
        #expect(valid.valid)
        #expect(valid.findings.map(\.severity) == ["notice"])
    }

    @Test func `a warning alone is no failure`() async throws {
        #expect(try await validate("deploy: [true]", ["--format", "github"]).status == 0)
        #expect(try await validate("deploy: [true]", []).status == 0)
    }

    @Test func `a manifest that is not there is told in every form`() async throws {
        for format in ["text", "json", "github", "sarif"] {
            let result = try await validate("deploy: [a]", ["--format", format, "-f", "nowhere.yml"])
            #expect(result.status == 66, "\(format)")
            #expect((result.output + result.errors).contains("does not exist"), "\(format)")
        }
    }

    @Test func `GitHub and SARIF name the place`() async throws {
        let github = try await validate(Self.broken, ["--format", "github"])
        #expect(github.output.contains("::error file=okteto.yml,line=5,"))
        #expect(github.status == 65)
        let sarif = try await validate(Self.broken, ["--format", "sarif"])
        #expect(sarif.output.contains("\"startLine\": 5"))
        #expect(sarif.status == 65)
    }

    @Test func `the form of the findings has a variable`() async throws {
        let workspace = try Workspace(manifest: "deploy: [a]")
        let environment = ["OKTETO_RUN_FORMAT": "sarif"]
        let result = try await Program.run(["validate"], in: workspace.path, environment: environment)
        #expect(result.output.contains("\"version\": \"2.1.0\""))
    }

    @Test func `the schema is printed, whatever the folder has`() async throws {
        let result = try await Program.run(["schema"], in: "/")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        #expect(result.output.hasPrefix("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\","))
        #expect(result.output.contains("\"skipIfNoFileChanges\""))
    }

    @Test func `a dry run shows where each variable comes from, and no value`() async throws {
        let workspace = try Workspace(
            manifest: "deploy: [a]\nexternal: {db: {endpoints: [{name: x, url: u-secret}]}}\n",
            files: [".env": "# none\nFROM_FILE=f-secret\nOURS=f-secret\n"]
        )
        let result = try await Program.run(
            ["deploy", "--dry-run", "--var", "FROM_VAR=v-secret", "--env", "FROM_ENV=e-secret", "--env", "OURS"],
            in: workspace.path,
            environment: ["OURS": "o-secret", "OKTETO_DOMAIN": "d-secret"]
        )
        #expect(result.status == 0, "\(result.errors)")
        for (name, origin) in [
            ("FROM_FILE", ".env:2"), ("FROM_VAR", "--var"), ("FROM_ENV", "--env"), ("OURS", "environment"),
            ("OKTETO_DOMAIN", "environment"), ("OKTETO_NAME", "built-in"), ("OKTETO_ENV", "built-in"),
            ("OKTETO_EXTERNAL_DB_ENDPOINTS_X_URL", "okteto.yml:2"),
        ] {
            let line = result.output.split(separator: "\n").first { $0.contains("    \(name)=***") }
            #expect(line?.hasSuffix("  \(origin)") == true, "\(name): \(result.output)")
        }
        #expect(!(result.output + result.errors).contains("secret"))
        #expect(!result.output.contains("AWS_SECRET_ACCESS_KEY"))
    }

    @Test func `a dry run says what credentials a phase gets`() async throws {
        let workspace = try Workspace(manifest: "deploy: [a]")
        let arguments = [
            "deploy", "--dry-run", "--role-arn", "arn:aws:iam::112233445566:role/x", "--region", "us-west-2",
            "--token-file", "/nowhere",
        ]
        let result = try await Program.run(arguments, in: workspace.path)
        #expect(result.status == 0, "\(result.errors)")
        let line = result.output.split(separator: "\n").first { $0.contains("AWS_SECRET_ACCESS_KEY=***") }
        #expect(line?.hasSuffix("credentials") == true, "\(result.output)")
    }
}
