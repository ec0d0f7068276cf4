import FoundationEssentials
import HTTPTransport
import KubernetesClient
import ProcessEnvironment
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PodServiceAccountTests {
    private func pod(_ scratch: Scratch, _ environment: EnvironmentVariables) -> PodServiceAccount {
        PodServiceAccount(environment: environment, folder: scratch.path)
    }

    private func write(_ scratch: Scratch, token: String = Answers.token, authority: String = "PEM") throws {
        try scratch.write("token", token + "\n")
        try scratch.write("ca.crt", authority)
        try scratch.write("namespace", "team\n")
    }

    @Test func `a pod asks its API server as itself`() async throws {
        try await withScratch { scratch in
            let authority = TestAuthority()
            let identity = authority.issue(name: "kubernetes", places: "IP:127.0.0.1")
            let server = try LoopbackServer([Answers.created], tls: LoopbackTLS(identity: identity))
            try write(scratch, authority: authority.identity.certificate)
            let pod = pod(
                scratch,
                [
                    "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "\(server.port)",
                ]
            )
            #expect(pod.isThere)
            let connection = try pod.connection()
            #expect(connection.namespace == "team")
            #expect(connection.ownAccount?.description == "okteto/okteto")
            #expect(connection.secrets == [Secret(Answers.token)])
            let account = try #require(connection.ownAccount)
            let token = try await ClusterClient(connection).token(of: account, audience: "a")
            #expect(token.reveal() == Answers.token)
            #expect(server.requests.first?.header("Authorization") == "Bearer \(Answers.token)")
        }
    }

    @Test func `an address of IPv6 and the standard port are understood`() async throws {
        try await withScratch { scratch in
            try write(scratch, token: "opaque")
            let connection = try pod(scratch, ["KUBERNETES_SERVICE_HOST": "fd00::1"]).connection()
            #expect(connection.server == "https://[fd00::1]:443")
            #expect(connection.ownAccount == nil)
        }
    }

    @Test(arguments: ["", "evil.com/@x", "a b", "host?x"])
    func `what is no host is not asked`(host: String) async throws {
        try await withScratch { scratch in
            try write(scratch)
            #expect(throws: KubernetesError.self) {
                try pod(scratch, ["KUBERNETES_SERVICE_HOST": host]).connection()
            }
        }
    }

    @Test func `missing files say what a pod must not switch off`() async throws {
        try await withScratch { scratch in
            let pod = pod(scratch, ["KUBERNETES_SERVICE_HOST": "10.0.0.1"])
            #expect(!pod.isThere)
            let error = #expect(throws: KubernetesError.self) { try pod.connection() }
            #expect(error?.nextStep?.contains("automountServiceAccountToken") == true)
            try scratch.write("token", "a b")
            #expect(!pod.isThere)
            try scratch.write("token", "ab.c")
            #expect(pod.isThere)
            #expect(throws: KubernetesError.self) { try pod.connection() }
            #expect(!PodServiceAccount(environment: [:], folder: scratch.path).isThere)
        }
    }
}
