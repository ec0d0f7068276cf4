import FoundationEssentials
import TestSupport
import Testing

/// No report shows a secret, whatever form a command gives it.
@Suite(.timeLimit(.minutes(5))) struct ReportSecretsTests {
    /// Commands that print each of some variables in every form, on both streams, and in colours.
    private static func commands(of variables: [String]) -> [String] {
        variables.flatMap { name in
            SecretForm.allCases.flatMap { form in
                [
                    "V=$\(name); printf '<\(form.rawValue):'; \(form.command); echo '>'",
                    "V=$\(name); { printf '<\(form.rawValue):'; \(form.command); echo '>'; } >&2",
                ]
            } + [
                "printf '\\033[32m%.6s\\033[31m%s\\033[0m\\n' \"$\(name)\" \"$(printf %s \"$\(name)\" | cut -c 7-)\"",
                "printf '%.6s\\033[K%s\\n' \"$\(name)\" \"$(printf %s \"$\(name)\" | cut -c 7-)\"; exit 1",
            ]
        }
    }

    private static func manifest(_ commands: [String]) -> String {
        "destroy:\n" + commands.map { "- |\n  \($0)\n" }.joined()
    }

    /// Everything that was reported, as it is written and with XML's and HTML's references turned back.
    private func reported(in folder: String, _ bodies: [String]) throws -> [String] {
        let texts = try ["r.xml", "r.json", "r.html", "summary"].map { name in
            try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        for text in texts {
            #expect(text.contains("***") || text.contains("&#42;&#42;&#42;"), "nothing was masked in it")
        }
        return (texts + bodies).flatMap { text in
            [
                text,
                text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                    .replacing("&#39;", with: "'").replacing(/&#([0-9]+);/) { match in
                        UInt32(match.1).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
                    }.replacing("&amp;", with: "&"),
            ]
        }
    }

    private func environment(_ folder: String, _ server: LoopbackServer) -> [String: String] {
        [
            "OKTETO_RUN_ENGINE": "shell", "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": folder + "/summary",
            "OTEL_EXPORTER_OTLP_ENDPOINT": server.url, "OTEL_EXPORTER_OTLP_TIMEOUT": "10000",
            "OTEL_EXPORTER_OTLP_HEADERS": "key=header-secret-value",
            "OKTETO_RUN_REPORT": "junit=r.xml\njson=r.json\nhtml=r.html", "OKTETO_RUN_FORCE_DESTROY": "true",
        ]
    }

    private static let answer = LoopbackReply.response(200, "{}", headers: ["Content-Type: application/json"])

    @Test(arguments: ["plain-secret-value-0123456789", "s/cret+with=\"quotes\" & <signs>'\\%41"])
    func `a value of --var is in none of them, whatever its form, not even where the manifest has it`(
        secret: String
    ) async throws {
        let server = try LoopbackServer([Self.answer])
        let quoted = secret.replacing("'", with: "'\\''")
        let workspace = try Workspace(
            manifest: Self.manifest(Self.commands(of: ["GIVEN"]) + ["echo '\(quoted)' # \(secret)"])
        )
        let result = try await Program.run(
            ["destroy", "--var", "GIVEN=" + secret],
            in: workspace.path,
            environment: environment(workspace.path, server)
        )
        #expect(result.status == 1, "\(result.errors)")
        let texts = try reported(in: workspace.path, server.requests.map(\.body))
        #expect(texts.count == 10)
        for form in SecretForm.all(of: secret).union(["header-secret-value"]) {
            for text in texts { #expect(!text.contains(form), "\(form.prefix(12))…") }
        }
    }

    @Test(.enabled(if: Lab.isRunning && Lab.current?.endpoint.isEmpty == false, "needs the lab"))
    func `the credentials and the token are in none of them`() async throws {
        let lab = try #require(Lab.current)
        let server = try LoopbackServer([Self.answer])
        let token = try await lab.token().trimmed
        let names = SecretHygieneTests.variables
        let workspace = try Workspace(
            manifest: Self.manifest([SecretHygieneTests.confess] + Self.commands(of: names))
        )
        let result = try await Program.run(
            ["destroy"],
            in: workspace.path,
            environment: lab.environment(token: token, engine: nil).merging(environment(workspace.path, server)) { $1 }
        )
        #expect(result.status == 1, "\(result.errors)")
        let secrets = result.output.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: " ")
            return parts.count == 2 && names.contains(String(parts[0])) ? String(parts[1].reversed()) : nil
        }
        #expect(secrets.count == 2)
        let texts = try reported(in: workspace.path, server.requests.map(\.body))
        for secret in secrets + [token] {
            for form in SecretForm.all(of: secret) {
                for text in texts { #expect(!text.contains(form), "\(form.prefix(12))…") }
            }
        }
        #expect(texts.contains { $0.contains("arn:aws:sts::112233445566:assumed-role/") })
    }
}
