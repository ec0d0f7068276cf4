import FoundationEssentials
import HTTPTransport
import KubernetesClient
import ProcessEnvironment
import Synchronization
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
        cluster: String = "{server: 'https://host:1'}",
        plugins: ExecPluginCache = ExecPluginCache()
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
        let way = KubeConfigConnection(files: files, context: nil, environment: path, plugins: plugins)
        return try await way.connection()
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

    private func runs(_ scratch: Scratch) throws -> Int {
        try String(contentsOfFile: scratch.path + "/bin/runs", encoding: .utf8).count
    }

    /// A plug-in that counts its runs, and prints the count as its token.
    private func counting(_ status: String) -> String {
        let file = #""${0%/*}/runs""#
        return "printf x >>\(file)\nn=$(wc -c <\(file))\n"
            + #"printf '{"apiVersion":"%s","kind":"ExecCredential","status":{"token":"token-%d"\#(status)}}' "#
            + "\(v1) $n\n"
    }

    @Test func `what it printed serves until its time is over, and is then asked for anew`() async throws {
        let clock = Mutex(Date(timeIntervalSince1970: 1_700_000_000))
        let plugins = ExecPluginCache { clock.withLock { $0 } }
        let script = counting(#","expirationTimestamp":"2023-11-14T22:23:20Z""#)
        try await withScratch { scratch in
            // Ten minutes, of which the last seconds are not used: a request takes time.
            for (seconds, count) in [(0.0, 1), (0, 1), (580, 1), (595, 2), (601, 3), (9_999, 4)] {
                clock.withLock { $0 = Date(timeIntervalSince1970: 1_700_000_000 + seconds) }
                let found = try await connection(scratch, script, plugins: plugins)
                #expect(try runs(scratch) == count, "after \(seconds) s")
                #expect(found.headers.first?.value == "Bearer token-\(count)")
                #expect(found.secrets == [Secret("token-\(count)")])
            }
        }
    }

    @Test func `what has no end serves until it is forgotten`() async throws {
        let plugins = ExecPluginCache()
        try await withScratch { scratch in
            for _ in 0..<2 { _ = try await connection(scratch, counting(""), plugins: plugins) }
            #expect(try runs(scratch) == 1)
            #expect(plugins.forget())
            #expect(!plugins.forget())
            _ = try await connection(scratch, counting(""), plugins: plugins)
            #expect(try runs(scratch) == 2)
        }
    }

    @Test func `what one plug-in printed is not used for another one, or another cluster`() async throws {
        let plugins = ExecPluginCache()
        try await withScratch { scratch in
            _ = try await connection(scratch, counting(""), plugins: plugins)
            let cluster = "{server: 'https://other:1'}"
            _ = try await connection(scratch, counting(""), cluster: cluster, plugins: plugins)
            #expect(try runs(scratch) == 2)
            let more = ", interactiveMode: Never"
            _ = try await connection(scratch, counting(""), more: more, plugins: plugins)
            #expect(try runs(scratch) == 3)
            // Another run of the program begins with nothing.
            _ = try await connection(scratch, counting(""))
            #expect(try runs(scratch) == 4)
        }
    }

    @Test func `an end that is no time is refused, as kubectl does`() async throws {
        let error = try await failure(print(#"{"token":"t","expirationTimestamp":"soon"}"#))
        #expect(error?.message.contains("an expirationTimestamp that is no time") == true)
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
