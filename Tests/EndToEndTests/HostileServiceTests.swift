import FoundationEssentials
import TestSupport
import Testing

/// Services that are not STS, or mean harm, and settings that would lead the token astray: nothing runs, the exit status
/// is exact, and no message has the token.
@Suite(.timeLimit(.minutes(2))) struct HostileServiceTests {
    private struct Outcome {
        let status: Int32
        let messages: String
    }

    private func variables(_ token: String, endpoint: String) -> [String: String] {
        [
            "OKTETO_RUN_ROLE_ARN": "arn:aws:iam::112233445566:role/okteto-credentials",
            "OKTETO_RUN_REGION": "us-west-2", "OKTETO_RUN_AUDIENCE": UnsignedToken.audience,
            "OKTETO_RUN_TOKEN_ENV": "TOKEN", "TOKEN": token, "AWS_ENDPOINT_URL_STS": endpoint,
            "AWS_MAX_ATTEMPTS": "1",
        ]
    }

    /// Deploys, and expects that nothing ran and that the token is nowhere.
    private func deploy(
        _ token: String,
        endpoint: String,
        _ changes: [String: String] = [:],
        formats: [String] = ["plain", "json"]
    ) async throws -> Outcome {
        let workspace = try Workspace(manifest: "deploy:\n- touch ran\n")
        let environment = variables(token, endpoint: endpoint).merging(changes) { $1 }
        var outcome = Outcome(status: 0, messages: "")
        for format in formats {
            let result = try await Program.run(
                ["deploy", "--log-output", format],
                in: workspace.path,
                environment: environment
            )
            let messages = result.output + result.errors
            #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
            for part in token.split(whereSeparator: { $0 == "." || $0.isWhitespace }) where part.count > 8 {
                #expect(!messages.contains(part), "\(messages)")
            }
            outcome = Outcome(status: result.status, messages: messages)
        }
        return outcome
    }

    private func expect(
        _ status: Int32,
        _ text: String,
        of reply: LoopbackReply,
        formats: [String] = ["plain", "json"],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let server = try LoopbackServer([reply])
        let outcome = try await deploy(UnsignedToken().text, endpoint: server.url, formats: formats)
        #expect(outcome.status == status, "\(outcome.messages)", sourceLocation: sourceLocation)
        #expect(outcome.messages.contains(text), "\(outcome.messages)", sourceLocation: sourceLocation)
        #expect(server.requests.count == formats.count, sourceLocation: sourceLocation)
    }

    @Test func `a redirect is not followed, not even to the machine itself`() async throws {
        let other = try LoopbackServer([.response(200)])
        let token = UnsignedToken().text
        try await expect(77, "redirect", of: .response(307, headers: ["Location: \(other.url)\(token)?t=\(token)"]))
        #expect(other.requests.isEmpty)
    }

    @Test func `HTML is not taken for STS`() async throws {
        try await expect(77, "html", of: .response(200, "<html><body>Sign in</body></html>"))
        try await expect(77, "404", of: .response(404, "<!DOCTYPE html><html>Not Found</html>"))
    }

    @Test func `an answer of 10 MB is cut off`() async throws {
        try await expect(77, "larger", of: .response(200, bytes: [UInt8](repeating: 65, count: 10_000_000)))
    }

    @Test func `an entity bomb is refused`() async throws {
        let laughs = (1..<10).map { "<!ENTITY e\($0) \"" + String(repeating: "&e\($0 - 1);", count: 10) + "\">" }
        let bomb = "<!DOCTYPE b [<!ENTITY e0 \"lol\">" + laughs.joined() + "]><b>&e9;</b>"
        try await expect(77, "DOCTYPE", of: .response(200, bomb))
    }

    @Test func `a refusal that echoes the token shows it redacted`() async throws {
        let token = UnsignedToken().text
        let body =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no: \(token) \(token.dropFirst(3))</Message>"
        let server = try LoopbackServer([.response(403, body + "</Error></ErrorResponse>")])
        let outcome = try await deploy(token, endpoint: server.url)
        #expect(outcome.status == 77)
        #expect(outcome.messages.contains("AccessDenied: no: "), "\(outcome.messages)")
    }

    @Test func `a server that answers too slowly, or not at all, is a temporary failure`() async throws {
        // The bound of one attempt is 15 s, so all side by side, and once.
        async let silent: Void = expect(75, "cannot be reached", of: .silence, formats: ["plain"])
        let drip = LoopbackReply.dripping(String(repeating: " ", count: 1000), pause: .milliseconds(500))
        async let slow: Void = expect(75, "cannot be reached", of: drip, formats: ["plain"])
        async let busy: Void = expect(75, "cannot answer now", of: .response(503, "busy"))
        _ = try await (silent, slow, busy)
    }

    @Test func `a server without TLS is not sent the token`() async throws {
        let server = try LoopbackServer([.response(200)])
        let outcome = try await deploy(UnsignedToken().text, endpoint: "https://127.0.0.1:\(server.port)")
        #expect(outcome.status == 77, "\(outcome.messages)")
        #expect(outcome.messages.contains("TLS"))
        #expect(server.requests.isEmpty)
    }

    @Test func `an authority that cannot be read is an error, and not the system's instead`() async throws {
        let server = try LoopbackServer([.response(200)])
        let outcome = try await deploy(
            UnsignedToken().text,
            endpoint: "https://127.0.0.1:\(server.port)",
            ["AWS_CA_BUNDLE": "/nosuch/ca.pem"]
        )
        #expect(server.requests.isEmpty)
        #expect(outcome.status == 77, "\(outcome.messages)")
        #expect(outcome.messages.contains("/nosuch/ca.pem"))
    }

    @Test(arguments: [
        ("http://sts.example.com", "http"), ("ftp://127.0.0.1", "ftp"),
        ("https://user:pass@localhost", "AWS_ENDPOINT_URL_STS"),
        ("file:///etc/passwd", "file"), ("https://localhost/?x", "AWS_ENDPOINT_URL_STS"),
    ])
    func `an endpoint that is none is refused before the token is asked for`(url: String, text: String) async throws {
        let outcome = try await deploy(UnsignedToken().text, endpoint: url)
        #expect(outcome.status == 77, "\(outcome.messages)")
        #expect(outcome.messages.contains(text), "\(outcome.messages)")
    }

    @Test(arguments: [
        ("OKTETO_RUN_ROLE_ARN", "arn:aws:iam::112233445566:role/x&Action=GetCallerIdentity", "ARN"),
        ("OKTETO_RUN_ROLE_ARN", "arn:aws:iam::112233445566:role/x\r\nHost: evil", "ARN"),
        ("OKTETO_RUN_ROLE_ARN", "okteto-credentials", "ARN"), ("OKTETO_RUN_REGION", "us.west", "region"),
        ("OKTETO_RUN_REGION", "evil.example.com/", "region"), ("OKTETO_RUN_REGION", "US-WEST-2", "region"),
        ("OKTETO_RUN_REGION", "", "region"), ("OKTETO_RUN_SESSION_NAME", "a b", "session"),
        ("OKTETO_RUN_SESSION_POLICY", "[]", "policy"), ("OKTETO_RUN_DURATION", "43201", "duration"),
        ("OKTETO_RUN_TOKEN_ENV", "UNSET", "UNSET"), ("OKTETO_RUN_AUDIENCE", "another", "another"),
        ("OKTETO_RUN_TOKEN_FILE", "/dev/null", "more than one token source"),
    ])
    func `a setting that cannot work is named, and nothing is sent`(
        name: String,
        value: String,
        text: String
    ) async throws {
        let server = try LoopbackServer([.response(200)])
        let outcome = try await deploy(UnsignedToken().text, endpoint: server.url, [name: value])
        #expect(outcome.status == 77, "\(outcome.messages)")
        #expect(outcome.messages.contains(text), "\(outcome.messages)")
        #expect(server.requests.isEmpty)
    }

    @Test func `what is no token is not sent, and not shown`() async throws {
        let good = UnsignedToken().text
        let middle = good.index(good.startIndex, offsetBy: good.count / 2)
        let broken = [
            good[..<middle] + "\n" + good[middle...], "hunter2hunter2", "ghp_0123456789abcdefghij", good + " " + good,
            good.split(separator: ".").dropLast().joined(separator: "."), "", "{\"token\":\"hunter2hunter2\"}",
            String(repeating: "x", count: 30_000), "aaaaaaaaaa.bbbbbbbbbb.cccccccccc",
        ].map { "\($0)" }
        let server = try LoopbackServer([.response(200)])
        for token in broken {
            let outcome = try await deploy(token, endpoint: server.url)
            #expect(outcome.status == 77, "\(outcome.messages)")
        }
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: ["OKTETO_RUN_TOKEN_ENV", "OKTETO_RUN_TOKEN_FILE", "OKTETO_RUN_TOKEN_COMMAND"])
    func `a token in the place of its source's name is not shown`(name: String) async throws {
        let token = UnsignedToken().text
        let server = try LoopbackServer([.response(200)])
        var changes = ["OKTETO_RUN_TOKEN_ENV": ""]
        changes[name] = token
        let outcome = try await deploy(token, endpoint: server.url, changes)
        #expect(outcome.status == 77, "\(outcome.messages)")
        #expect(outcome.messages.contains("<redacted>"), "\(outcome.messages)")
        #expect(server.requests.isEmpty)
    }
}
