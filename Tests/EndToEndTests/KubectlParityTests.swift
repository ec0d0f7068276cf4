import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What a kubeconfig makes kubectl send to an API server is what it makes okteto-run send.
@Suite(.enabled(if: Lab.current?.kubectl != nil, "needs the lab with kubectl"), .timeLimit(.minutes(5)))
struct KubectlParityTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let user: String
        var cluster = ""
        var wantsClientCertificate = false
    }

    private static let exec = "apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never"

    static let cases = [
        Case(testDescription: "a token", user: "{token: own-token}"),
        Case(testDescription: "a token file, which wins", user: "{token: own-token, tokenFile: token}"),
        Case(testDescription: "a token file that is not there", user: "{token: own-token, tokenFile: nowhere}"),
        Case(testDescription: "a password", user: "{username: alice, password: 'own pass:word'}"),
        Case(
            testDescription: "impersonation",
            user: "{token: own-token, as: bob, as-groups: [a, 'b c'], as-uid: '7', "
                + "as-user-extra: {Reason: [x, w], 'odd/key é': [z]}}"
        ),
        Case(
            testDescription: "a plug-in",
            user: "{exec: {\(exec), args: [one, 'two words'], env: [{name: E, value: f}]}}"
        ),
        Case(
            testDescription: "a plug-in that is told of the cluster",
            user: "{exec: {\(exec), provideClusterInfo: true}}",
            cluster: ", extensions: [{name: client.authentication.k8s.io/exec, extension: {a: [1, true, 'x']}}]"
        ),
        Case(
            testDescription: "a plug-in of v1beta1",
            user: "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./plugin}}"
        ),
        Case(testDescription: "a token beside a plug-in", user: "{token: own-token, exec: {\(exec)}}"),
        Case(
            testDescription: "a client certificate",
            user: "{client-certificate: alice.pem, client-key: alice.key}",
            wantsClientCertificate: true
        ),
        Case(
            testDescription: "another server name",
            user: "{token: own-token}",
            cluster: ", tls-server-name: api.test"
        ),
    ]

    /// What one program sent, without what says which program it was.
    private struct Sent: Equatable {
        let line: String
        let authorization: String?
        let impersonation: [String]
        let serverName: String?
        let clientName: String?
        /// What the plug-in was told.
        let execInfo: [String: JSONText]?
        let plugin: String?
    }

    /// A value of JSON as a text that is the same for the same value.
    private struct JSONText: Decodable, Equatable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                text = "null"
            } else if let value = try? container.decode(Bool.self) {
                text = "\(value)"
            } else if let value = try? container.decode(Double.self) {
                text = "\(value)"
            } else if let value = try? container.decode(String.self) {
                text = "'\(value)'"
            } else if let list = try? container.decode([JSONText].self) {
                text = "[\(list.map(\.text).joined(separator: ","))]"
            } else {
                // Absent is as good as null, to both programs.
                let members = try container.decode([String: JSONText].self).filter { $0.value.text != "null" }
                text = "{\(members.map { "\($0.key):\($0.value.text)" }.sorted().joined(separator: ","))}"
            }
        }
    }

    private func object(_ text: String) throws -> [String: JSONText] {
        try JSONDecoder().decode([String: JSONText].self, from: Data(text.utf8)).filter { $0.value.text != "null" }
    }

    @Test(arguments: cases) func `both send the same`(_ test: Case) async throws {
        let kubectl = try #require(Lab.current?.kubectl)
        let authority = TestAuthority()
        let token = UnsignedToken().text
        let answer = LoopbackReply.response(
            201,
            #"{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","metadata":{"name":"okteto"},"#
                + #""spec":{"audiences":["\#(UnsignedToken.audience)"],"expirationSeconds":600},"#
                + #""status":{"token":"\#(token)","expirationTimestamp":"2099-01-01T00:00:00Z"}}"#,
            headers: ["Content-Type: application/json"]
        )
        let tls = LoopbackTLS(
            identity: authority.issue(name: "kube-apiserver", places: "IP:127.0.0.1,DNS:api.test"),
            clientAuthority: test.wantsClientCertificate ? authority.identity.certificate : nil
        )
        let alice = authority.issue(name: "alice", group: "developers")
        let version = test.user.contains("v1beta1") ? "v1beta1" : "v1"
        let plugin = """
            #!/bin/sh
            printf '%s|%s|%s' "$E" "$#" "$*" >told
            printf %s "$KUBERNETES_EXEC_INFO" >info
            echo '{"apiVersion":"client.authentication.k8s.io/\(version)","kind":"ExecCredential",'
            echo '"status":{"token":"plugin-token"}}'
            """
        func sent(_ run: (_ config: String, _ folder: String) async throws -> Program.Result) async throws -> Sent {
            let server = try LoopbackServer([answer], tls: tls)
            let trust = Data(authority.identity.certificate.utf8).base64EncodedString()
            let workspace = try Workspace(
                manifest: "",
                files: [
                    "token": "file-token\n", "alice.pem": alice.certificate, "alice.key": alice.key, "plugin": plugin,
                    "config": """
                    apiVersion: v1
                    kind: Config
                    current-context: one
                    contexts: [{name: one, context: {cluster: c, user: u}}]
                    clusters:
                    - name: c
                      cluster: {server: '\(server.url)', certificate-authority-data: \(trust)\(test.cluster)}
                    users: [{name: u, user: \(test.user)}]
                    """,
                ]
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: workspace.path + "/plugin")
            let result = try await run(workspace.path + "/config", workspace.path)
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            let request = try #require(server.requests.last, "\(result.errors)")
            #expect(server.requests.count == 1)
            // kubectl writes the document as protobuf, in which the texts are as they are.
            for text in ["authentication.k8s.io/v1", "TokenRequest", UnsignedToken.audience] {
                #expect(request.body.contains(text), "\(request.body)")
            }
            let told = try? String(contentsOfFile: workspace.path + "/told", encoding: .utf8)
            let info = try? String(contentsOfFile: workspace.path + "/info", encoding: .utf8)
            return Sent(
                line: request.lines[0].replacing("?fieldManager=kubectl-create", with: ""),
                authorization: request.header("Authorization"),
                impersonation: request.lines.filter { $0.lowercased().hasPrefix("impersonate-") }
                    .map { $0.lowercased() }.sorted(),
                serverName: request.serverName,
                clientName: request.clientName,
                // Each has a server of its own.
                execInfo: try info.map { try object($0.replacing(":\(server.port)", with: ":PORT")) },
                plugin: told
            )
        }
        let theirs = try await sent { config, folder in
            try await Program.run(
                [
                    "create", "token", "okteto", "-n", "okteto", "--audience", UnsignedToken.audience, "--duration",
                    "10m",
                    "--kubeconfig", config,
                ],
                of: kubectl,
                in: folder
            )
        }
        let ours = try await sent { config, folder in
            let policy =
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"*"},"#
                + #""Action":"sts:AssumeRoleWithWebIdentity"}]}"#
            try Data(policy.utf8).write(to: URL(filePath: folder + "/policy.json"))
            return try await Program.run(
                [
                    "aws", "explain", "--trust-policy", folder + "/policy.json", "--kubeconfig", config,
                    "--service-account", "okteto/okteto", "--audience", UnsignedToken.audience, "--region", "us-east-2",
                    "--role-arn", "arn:aws:iam::112233445566:role/okteto-credentials",
                ],
                in: folder
            )
        }
        #expect(ours == theirs)
        #expect(theirs.authorization != nil || theirs.clientName == "alice")
        let runsPlugin = test.user.contains("exec:") && !test.user.contains("own-token")
        #expect((theirs.plugin != nil) == runsPlugin && (theirs.execInfo != nil) == runsPlugin)
    }
}
