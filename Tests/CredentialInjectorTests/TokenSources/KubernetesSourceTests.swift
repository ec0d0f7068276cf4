import FoundationEssentials
import KubernetesClient
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

@Suite(.timeLimit(.minutes(1))) struct KubernetesSourceTests {
    private let authority = TestAuthority()

    private func server(_ reply: LoopbackReply? = nil) throws -> LoopbackServer {
        let token = TokenFactory.text()
        let created = LoopbackReply.response(
            201,
            #"{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","status":{"token":"\#(token)"}}"#
        )
        let identity = authority.issue(name: "kube-apiserver", places: "IP:127.0.0.1")
        return try LoopbackServer([reply ?? created], tls: LoopbackTLS(identity: identity))
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private func writeConfig(_ folder: String, server: String, more: String) throws {
        try write(
            """
            current-context: one
            contexts: [{name: one, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: '\(server)', \(more)}}]
            users: [{name: u, user: {token: USER-SECRET}}]
            """,
            folder + "/config"
        )
    }

    private var trust: String {
        "certificate-authority-data: \(Data(authority.identity.certificate.utf8).base64EncodedString())"
    }

    private func source(
        _ folder: String,
        _ place: KubernetesPlace = KubernetesPlace(account: ServiceAccountName("okteto/okteto")),
        environment: EnvironmentVariables
    ) -> KubernetesTokenSource {
        KubernetesTokenSource(place: place, audience: "aud", environment: environment, podFolder: folder)
    }

    @Test func `a kubeconfig leads to the token, and what it holds is to be masked`() async throws {
        try await withScratchFolder { folder in
            let server = try server()
            try writeConfig(folder, server: server.url, more: "insecure-skip-tls-verify: true")
            let acquired = try await source(folder, environment: ["KUBECONFIG": folder + "/config"]).acquire()
            #expect(acquired.token.reveal() == TokenFactory.text())
            #expect(acquired.secrets == [Secret("USER-SECRET")])
            #expect(acquired.warnings.count == 1)
            #expect(server.requests.first?.body.contains(#""audiences":["aud"]"#) == true)
        }
    }

    @Test func `a plug-in is run once for the exchanges of a run, and again when the server does not take its token`()
        async throws
    {
        let created = LoopbackReply.response(201, #"{"status":{"token":"\#(TokenFactory.text())"}}"#)
        let refused = LoopbackReply.response(401, #"{"kind":"Status","message":"Unauthorized"}"#)
        for (replies, runs, isGood) in [
            ([created, created], 1, true), ([created, refused, created], 2, true),
            ([created, refused, refused], 2, false),
        ] {
            try await withScratchFolder { folder in
                let identity = authority.issue(name: "kube-apiserver", places: "IP:127.0.0.1")
                let server = try LoopbackServer(replies, tls: LoopbackTLS(identity: identity))
                let script = """
                    #!/bin/sh
                    printf x >>"${0%/*}/runs"
                    printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
                    printf '"status":{"token":"plugin-%d"}}' "$(wc -c <"${0%/*}/runs")"
                    """
                try write(script, folder + "/plugin")
                try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder + "/plugin")
                try write(
                    """
                    current-context: one
                    contexts: [{name: one, context: {cluster: c, user: u}}]
                    clusters: [{name: c, cluster: {server: '\(server.url)', \(trust)}}]
                    users:
                    - name: u
                      user:
                        exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}
                    """,
                    folder + "/config"
                )
                let environment: EnvironmentVariables = ["KUBECONFIG": folder + "/config", "PATH": "/usr/bin:/bin"]
                let source = source(folder, environment: environment)
                _ = try await source.acquire()
                do {
                    #expect(try await source.acquire().token.reveal() == TokenFactory.text())
                    #expect(isGood)
                } catch let error as CredentialError {
                    #expect(!isGood && error.message.contains("401"), "\(error)")
                }
                #expect(try String(contentsOfFile: folder + "/runs", encoding: .utf8).count == runs)
                let tokens = server.requests.map { $0.header("Authorization") }
                #expect(tokens.last == "Bearer plugin-\(runs)" && server.requests.count == replies.count)
            }
        }
    }

    @Test func `in a pod the pod's own account is asked for, unless a kubeconfig is named`() async throws {
        try await withScratchFolder { folder in
            let server = try server()
            try write(TokenFactory.text(), folder + "/token")
            try write(authority.identity.certificate, folder + "/ca.crt")
            var environment: EnvironmentVariables = [
                "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "\(server.port)", "HOME": folder,
            ]
            let pod = source(folder, KubernetesPlace(), environment: environment)
            _ = try await pod.fetch()
            #expect(server.requests.first?.lines.first?.contains("/okteto/serviceaccounts/okteto/token") == true)
            environment["KUBECONFIG"] = folder + "/none"
            let named = source(folder, KubernetesPlace(), environment: environment)
            let error = await #expect(throws: CredentialError.self) { try await named.fetch() }
            #expect(error?.kind == .settings)
            #expect(error?.message.contains("there is no kubeconfig") == true)
        }
    }

    @Test func `a pod whose authority is missing is an error, not another way`() async throws {
        try await withScratchFolder { folder in
            try write(TokenFactory.text(), folder + "/token")
            let pod = source(folder, environment: ["KUBERNETES_SERVICE_HOST": "127.0.0.1", "HOME": folder])
            let error = await #expect(throws: CredentialError.self) { try await pod.fetch() }
            #expect(error?.code == .tokenSource)
            #expect(error?.message.contains("ca.crt") == true)
        }
    }

    @Test func `a kubeconfig without a service account asks for one`() async throws {
        try await withScratchFolder { folder in
            try writeConfig(folder, server: "https://127.0.0.1:1", more: trust)
            let place = KubernetesPlace(kubeconfig: folder + "/config")
            let error = await #expect(throws: CredentialError.self) {
                try await source(folder, place, environment: [:]).fetch()
            }
            #expect(error?.kind == .settings)
            #expect(error?.nextStep?.contains("--service-account") == true)
        }
    }

    @Test(arguments: [
        (401, CredentialError.Code.tokenSource), (403, .tokenSource), (503, .temporary), (302, .tokenSource),
    ])
    func `a refusal of the cluster is one of the source`(status: Int, code: CredentialError.Code) async throws {
        try await withScratchFolder { folder in
            let server = try server(.response(status, #"{"kind":"Status","message":"because eyJhbGciOiJub25lIn0"}"#))
            try writeConfig(folder, server: server.url, more: trust)
            let place = KubernetesPlace(
                context: "one",
                kubeconfig: folder + "/config",
                account: ServiceAccountName("okteto/okteto")
            )
            let error = await #expect(throws: CredentialError.self) {
                try await source(folder, place, environment: [:]).fetch()
            }
            #expect(error?.code == code)
            #expect(error?.description.contains("eyJ") == false)
            #expect(error?.description.contains("USER-SECRET") == false)
        }
    }

    @Test func `an authority that is not the server's is an error of transport`() async throws {
        try await withScratchFolder { folder in
            let server = try server()
            let other = Data(TestAuthority().identity.certificate.utf8).base64EncodedString()
            try writeConfig(folder, server: server.url, more: "certificate-authority-data: \(other)")
            let error = await #expect(throws: CredentialError.self) {
                try await source(folder, environment: ["KUBECONFIG": folder + "/config"]).fetch()
            }
            #expect(error?.code == .transport)
            #expect(server.requests.isEmpty)
        }
    }
}
