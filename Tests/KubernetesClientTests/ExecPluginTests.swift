import FoundationEssentials
import HTTPTransport
import KubernetesClient
import ProcessEnvironment
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExecPluginTests {
    private let path: EnvironmentVariables = ["PATH": "/usr/bin:/bin", "OWN": "process"]
    private let v1 = "client.authentication.k8s.io/v1"

    private func connection(
        _ scratch: Scratch,
        _ script: String,
        version: String = "client.authentication.k8s.io/v1",
        more: String = ", interactiveMode: IfAvailable",
        cluster: String = "{server: 'https://host:1'}"
    ) async throws -> ClusterConnection {
        try scratch.write("bin/plugin", "#!/bin/sh\n" + script, mode: 0o700)
        let file = try scratch.write(
            "config",
            """
            current-context: one
            contexts: [{name: one, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: \(cluster)}]
            users:
            - name: u
              user:
                exec: {apiVersion: \(version), command: bin/plugin, args: [one, "two words"],
                       env: [{name: EXTRA, value: more}]\(more)}
            """
        )
        let files = KubeConfigFiles(named: file, environment: path)
        return try await KubeConfigConnection(files: files, context: nil, environment: path).connection()
    }

    private func failure(
        _ script: String,
        version: String = "client.authentication.k8s.io/v1",
        more: String = ", interactiveMode: IfAvailable"
    ) async throws -> KubernetesError? {
        try await withScratch { scratch in
            await #expect(throws: KubernetesError.self) {
                try await connection(scratch, script, version: version, more: more)
            }
        }
    }

    private func print(_ status: String, version: String = "client.authentication.k8s.io/v1") -> String {
        "cat <<'END'\n{\"apiVersion\":\"\(version)\",\"kind\":\"ExecCredential\",\"status\":\(status)}\nEND\n"
    }

    @Test(arguments: ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"])
    func `a plug-in of either version gives a token`(version: String) async throws {
        try await withScratch { scratch in
            let script = print(
                #"{"token":"from-plugin","expirationTimestamp":"2030-01-01T00:00:00Z"}"#,
                version: version
            )
            let found = try await connection(scratch, script, version: version)
            #expect(found.headers.first?.value == "Bearer from-plugin")
            #expect(found.secrets == [Secret("from-plugin")])
        }
    }

    @Test func `it gets its arguments and variables, those of the process, and what the protocol says`() async throws {
        try await withScratch { scratch in
            let script = """
                [ "$1|$2|$EXTRA|$OWN" = "one|two words|more|process" ] || exit 7
                printf '%s' "$KUBERNETES_EXEC_INFO" > "${0%/*}/info"
                \(print(#"{"token":"t"}"#))
                """
            let cluster = """
                {server: 'https://host:1', tls-server-name: n, certificate-authority-data: YQ==, proxy-url: 'http://p:1',
                 extensions: [{name: client.authentication.k8s.io/exec, extension: {a: [1, true, null, "x", '5']}}]}
                """
            let more = ", interactiveMode: Never, provideClusterInfo: true"
            _ = try await connection(scratch, script, more: more, cluster: cluster)
            let info = try String(contentsOfFile: scratch.path + "/bin/info", encoding: .utf8)
            #expect(
                info == #"{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"cluster":"#
                    + #"{"certificate-authority-data":"YQ==","config":{"a":[1,true,null,"x","5"]},"#
                    + #""proxy-url":"http://p:1","server":"https://host:1","tls-server-name":"n"},"interactive":false}}"#
            )
            _ = try await connection(scratch, script)
            let plain = try String(contentsOfFile: scratch.path + "/bin/info", encoding: .utf8)
            #expect(
                plain == #"{"apiVersion":"\#(v1)","kind":"ExecCredential","spec":{"interactive":false}}"#
            )
        }
    }

    @Test func `it may give a client certificate`() async throws {
        try await withScratch { scratch in
            let script = print(#"{"clientCertificateData":"CRT","clientKeyData":"KEY"}"#)
            let found = try await connection(scratch, script)
            #expect(found.headers.isEmpty)
            #expect(found.tls.clientIdentity?.certificate == Array("CRT".utf8))
            #expect(found.tls.clientIdentity?.key == Secret("KEY"))
        }
    }

    @Test func `what fails shows its standard error and never its output`() async throws {
        let error = try await failure("echo 'log in \\033[1mfirst' >&2; echo SECRET; exit 4")
        #expect(error?.code == .credentials)
        #expect(error?.message.contains("exit status 4") == true)
        #expect(error?.details.first?.contains("log in") == true)
        #expect(error?.details.first?.contains("\u{1B}") == false)
        #expect("\(error?.message ?? "")\(error?.details ?? [])".contains("SECRET") == false)
    }

    @Test(arguments: [
        ("echo SECRET", "no ExecCredential in JSON"), ("true", "no ExecCredential in JSON"),
        (
            #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1"}'"#,
            "another kind or version"
        ),
        (#"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'"#, "neither"),
        (
            #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientKeyData":"SECRET"}}'"#,
            "without its"
        ),
        (
            #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"SECRET x"}}'"#,
            "characters"
        ),
        ("yes", "more than"),
    ])
    func `what it should not print is an error that does not show it`(script: String, reason: String) async throws {
        let error = try await failure(script)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("SECRET") == false)
    }

    @Test(arguments: [
        ("client.authentication.k8s.io/v1alpha1", "", "is not spoken here"), ("''", "", "is not spoken here"),
        ("client.authentication.k8s.io/v1", "", "no interactiveMode"),
        ("client.authentication.k8s.io/v1", ", interactiveMode: Always", "no terminal here"),
        ("client.authentication.k8s.io/v1", ", interactiveMode: Perhaps", "not Never, IfAvailable or Always"),
    ])
    func `what cannot be run here is not run`(version: String, more: String, reason: String) async throws {
        let error = try await failure("exit 9", version: version, more: more)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func `a program that is not there gives the hint of the file`() async throws {
        try await withScratch { scratch in
            let file = try scratch.write(
                "config",
                """
                current-context: one
                contexts: [{name: one, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: 'https://host:1'}}]
                users: [{name: u, user: {exec: {apiVersion: \(v1), command: no-such-plugin, interactiveMode: Never,
                         installHint: "get it at example.com"}}}]
                """
            )
            let files = KubeConfigFiles(named: file, environment: path)
            let error = await #expect(throws: KubernetesError.self) {
                try await KubeConfigConnection(files: files, context: nil, environment: path).connection()
            }
            #expect(error?.message.contains("was not found") == true)
            #expect(error?.nextStep == "get it at example.com")
        }
    }

    @Test func `a token in the file comes before the plug-in, which is not run`() async throws {
        try await withScratch { scratch in
            let file = try scratch.write(
                "config",
                """
                current-context: one
                contexts: [{name: one, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: 'https://host:1'}}]
                users: [{name: u, user: {token: own, exec: {apiVersion: \(v1), command: no-such-plugin}}}]
                """
            )
            let files = KubeConfigFiles(named: file, environment: path)
            let found = try await KubeConfigConnection(files: files, context: nil, environment: path).connection()
            #expect(found.headers.first?.value == "Bearer own")
        }
    }
}
