import FoundationEssentials
import HTTPTransport
import KubernetesClient
import ProcessEnvironment
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TokenRequestTests {
    private let authority = TestAuthority()

    private func server(
        _ replies: [LoopbackReply],
        places: String = "IP:127.0.0.1",
        clients: Bool = false
    ) throws -> LoopbackServer {
        let tls = LoopbackTLS(
            identity: authority.issue(name: "kube-apiserver", places: places),
            clientAuthority: clients ? authority.identity.certificate : nil
        )
        return try LoopbackServer(replies, tls: tls)
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private func connection(
        _ scratch: Scratch,
        server: String,
        user: String,
        more: String = ""
    ) async throws -> ClusterConnection {
        let file = try scratch.write(
            "config",
            """
            current-context: one
            contexts: [{name: one, context: {cluster: c, user: u, namespace: team}}]
            clusters: [{name: c, cluster: {server: '\(server)',
                        certificate-authority-data: \(base64(authority.identity.certificate))\(more)}}]
            users: [{name: u, user: \(user)}]
            """
        )
        let files = KubeConfigFiles(named: file, environment: [:])
        return try await KubeConfigConnection(files: files, context: nil, environment: [:]).connection()
    }

    private func account(_ text: String = "okteto/okteto") throws -> ServiceAccountName {
        try #require(ServiceAccountName(text))
    }

    @Test func `a token is requested as kubectl does, with the user's bearer token`() async throws {
        try await withScratch { scratch in
            let server = try server([Answers.created])
            let connection = try await connection(scratch, server: server.url + "prefix/", user: "{token: me}")
            let token = try await ClusterClient(connection).token(
                of: account(),
                audience: "okteto.example.com/us-east-2"
            )
            #expect(token.reveal() == Answers.token)
            let request = try #require(server.requests.first)
            #expect(
                request.lines.first == "POST /prefix/api/v1/namespaces/okteto/serviceaccounts/okteto/token HTTP/1.1"
            )
            #expect(request.header("Authorization") == "Bearer me")
            #expect(request.header("Content-Type") == "application/json")
            #expect(
                request.body == #"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":"#
                    + #"{"audiences":["okteto.example.com/us-east-2"],"expirationSeconds":600}}"#
            )
        }
    }

    @Test func `a client certificate, a server name and the context's namespace are used`() async throws {
        try await withScratch { scratch in
            let server = try server([Answers.created], places: "DNS:kubernetes.default", clients: true)
            let alice = authority.issue(name: "alice", group: "developers")
            let user =
                "{client-certificate-data: \(base64(alice.certificate)), client-key-data: \(base64(alice.key))}"
            let more = ", tls-server-name: kubernetes.default"
            let connection = try await connection(scratch, server: server.url, user: user, more: more)
            _ = try await ClusterClient(connection).token(of: account("builder"), audience: "a")
            let request = try #require(server.requests.first)
            #expect(request.clientName == "alice")
            #expect(request.serverName == "kubernetes.default")
            #expect(request.header("Authorization") == nil)
            #expect(request.lines.first?.contains("/namespaces/team/serviceaccounts/builder/token") == true)
        }
    }

    @Test(arguments: [
        (Answers.status(401, "Unauthorized", "bad SECRET"), KubernetesError.Code.unauthenticated, "bad <redacted>"),
        (
            Answers.status(403, "Forbidden", #"serviceaccounts \"okteto\" is forbidden: User \"alice\" cannot create"#),
            .refused, #"User "alice" cannot create"#
        ),
        (Answers.status(404, "NotFound", #"serviceaccounts \"okteto\" not found"#), .refused, "not found"),
        (
            Answers.status(422, "Invalid", "spec.expirationSeconds: may not specify a duration less than 10 minutes"),
            .refused, "less than 10 minutes"
        ),
        (Answers.status(429, "TooManyRequests", "try later"), .unreachable, "cannot answer now"),
        (Answers.status(503, "ServiceUnavailable", "etcd"), .unreachable, "cannot answer now"),
        (.response(404, "<html>"), .response, "no API server of Kubernetes"),
        (.response(302, "", headers: ["Location: https://evil.example.com/"]), .response, "not followed"),
        (.response(201, "{}"), .response, "no token in it"), (.response(200, "<html>"), .response, "no token in it"),
        (.response(201, String(repeating: "x", count: 300_000)), .response, "no answer that can be used"),
        (.nothing, .unreachable, "cannot be reached"),
    ])
    func `each refusal says what it means`(
        reply: LoopbackReply,
        code: KubernetesError.Code,
        text: String
    ) async throws {
        try await withScratch { scratch in
            let server = try server([reply])
            let connection = try await connection(scratch, server: server.url, user: "{token: SECRET}")
            let error = await #expect(throws: KubernetesError.self) {
                try await ClusterClient(connection).token(of: account(), audience: "a")
            }
            #expect(error?.code == code)
            #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("SECRET") == false)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a refused right says which one it takes`() async throws {
        try await withScratch { scratch in
            let server = try server([Answers.status(403, "Forbidden", "no")])
            let connection = try await connection(scratch, server: server.url, user: "{token: t}")
            let error = await #expect(throws: KubernetesError.self) {
                try await ClusterClient(connection).token(of: account(), audience: "a")
            }
            #expect(error?.nextStep?.contains("create serviceaccounts/token of okteto in namespace okteto") == true)
        }
    }

    @Test func `a server of another authority, or of plain http elsewhere, gets no token`() async throws {
        try await withScratch { scratch in
            let other = TestAuthority(name: "other")
            let identity = other.issue(name: "server", places: "IP:127.0.0.1")
            let server = try LoopbackServer([Answers.created], tls: LoopbackTLS(identity: identity))
            let connection = try await connection(scratch, server: server.url, user: "{token: t}")
            let error = await #expect(throws: KubernetesError.self) {
                try await ClusterClient(connection).token(of: account(), audience: "a")
            }
            #expect(error?.code == .untrusted)
            #expect(server.requests.isEmpty)
            let plain = try await self.connection(scratch, server: "http://10.0.0.1:8080", user: "{token: t}")
            let refused = await #expect(throws: KubernetesError.self) {
                try await ClusterClient(plain).token(of: account(), audience: "a")
            }
            #expect(refused?.code == .untrusted)
        }
    }

    @Test func `a cancelled request says so`() async throws {
        try await withScratch { scratch in
            let server = try server([.silence])
            let connection = try await connection(scratch, server: server.url, user: "{token: t}")
            let account = try account()
            let code = await withTaskGroup(of: KubernetesError.Code?.self) { group in
                group.addTask {
                    do throws(KubernetesError) {
                        _ = try await ClusterClient(connection).token(of: account, audience: "a")
                        return nil
                    } catch {
                        return error.code
                    }
                }
                while server.requests.isEmpty { await Task.yield() }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(code == .cancelled)
        }
    }

    @Test(
        arguments: [
            ("okteto/okteto", "okteto", "okteto"), ("okteto", nil, "okteto"),
            ("system:serviceaccount:a-1:b.c", "a-1", "b.c"),
        ] as [(String, String?, String)]
    )
    func `a service account is named in three ways`(text: String, namespace: String?, name: String) throws {
        let account = try #require(ServiceAccountName(text))
        #expect(account.namespace == namespace)
        #expect(account.name == name)
    }

    @Test(arguments: [
        "", "/", "a/", "/a", "a/b/c", "A/b", "a b", "../x", "a/..", "-a", "a-", "a.b/c", "a/b?c", "a/b%2f",
        "system:serviceaccount:a", "system:serviceaccount:a/b", String(repeating: "a", count: 64) + "/b",
        String(repeating: "a", count: 254),
    ])
    func `what could be another path is no service account`(text: String) {
        #expect(ServiceAccountName(text) == nil)
    }

    @Test func `a namespace of a kubeconfig that is none becomes no part of a URL`() async throws {
        try await withScratch { scratch in
            let file = try scratch.write(
                "config",
                """
                current-context: one
                contexts: [{name: one, context: {cluster: c, namespace: ../../secrets}}]
                clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]
                """
            )
            let files = KubeConfigFiles(named: file, environment: [:])
            let connection = try await KubeConfigConnection(files: files, context: nil, environment: [:]).connection()
            let error = await #expect(throws: KubernetesError.self) {
                try await ClusterClient(connection).token(of: account("x"), audience: "a")
            }
            #expect(error?.message.contains("not the name of a namespace") == true)
        }
    }
}
