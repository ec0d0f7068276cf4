import FoundationEssentials
import HTTPTransport
import KubernetesClient
import ProcessEnvironment
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct KubeConfigTests {
    private func connection(
        _ path: String,
        context: String? = nil,
        environment: EnvironmentVariables = [:]
    ) async throws -> ClusterConnection {
        let files = KubeConfigFiles(named: path, environment: environment)
        return try await KubeConfigConnection(files: files, context: context, environment: environment).connection()
    }

    private func failure(_ path: String, context: String? = nil) async -> KubernetesError? {
        await #expect(throws: KubernetesError.self) { try await connection(path, context: context) }
    }

    private func config(user: String = "{}", cluster: String = "{server: 'https://host:6443'}") -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts: [{name: one, context: {cluster: c, user: u, namespace: ns}}, {name: two, context: {cluster: c}}]
        clusters: [{name: c, cluster: \(cluster)}]
        users: [{name: u, user: \(user)}]
        """
    }

    private func value(_ name: String, in connection: ClusterConnection) -> String? {
        connection.headers.first { $0.name == name }?.value
    }

    @Test func `the current context names server, namespace and user`() async throws {
        try await withScratch { scratch in
            let file = try scratch.write(
                "config",
                config(user: "{token: abc}", cluster: "{server: 'https://host:6443/k8s/'}")
            )
            let one = try await connection(file)
            #expect(one.server == "https://host:6443/k8s")
            #expect(one.namespace == "ns")
            #expect(one.name == "context 'one'")
            #expect(value("Authorization", in: one) == "Bearer abc")
            #expect(one.secrets == [Secret("abc")])
            let two = try await connection(file, context: "two")
            #expect(two.namespace == "default")
            #expect(two.headers.isEmpty)
        }
    }

    @Test func `of merged files the first that has a name counts, whole, and paths start at the file's own folder`()
        async throws
    {
        try await withScratch { scratch in
            let first = try scratch.write(
                "a/config",
                """
                contexts: [{name: x, context: {cluster: c, user: u}}]
                users: [{name: u, user: {tokenFile: token}}]
                """
            )
            let second = try scratch.write(
                "b/config",
                """
                current-context: x
                contexts: [{name: x, context: {cluster: other, namespace: lost}}]
                clusters: [{name: c, cluster: {server: 'https://second', certificate-authority: ca.pem}}]
                users: [{name: u, user: {token: lost}}]
                """
            )
            let third = try scratch.write(
                "c/config",
                "current-context: y\nclusters: [{name: c, cluster: {server: 'https://3'}}]"
            )
            try scratch.write("a/token", "from-file\n")
            try scratch.write("b/ca.pem", "PEM")
            let list: EnvironmentVariables = ["KUBECONFIG": "\(first):\(scratch.path)/none::\(second):\(third)"]
            let files = KubeConfigFiles(named: nil, environment: list)
            #expect(files.areThere)
            let found = try await KubeConfigConnection(files: files, context: nil, environment: list).connection()
            #expect(found.server == "https://second")
            #expect(found.namespace == "default")
            #expect(found.tls.authorityCertificates == Array("PEM".utf8))
            #expect(value("Authorization", in: found) == "Bearer from-file")
            try scratch.write("a/token", "rotated\n")
            let later = try await KubeConfigConnection(files: files, context: nil, environment: list).connection()
            #expect(value("Authorization", in: later) == "Bearer rotated")
        }
    }

    @Test func `without a list the file in the home folder is read`() async throws {
        try await withScratch { scratch in
            try scratch.write(".kube/config", config())
            let home: EnvironmentVariables = ["HOME": scratch.path]
            let files = KubeConfigFiles(named: nil, environment: home)
            #expect(files.paths == [scratch.path + "/.kube/config"])
            let found = try await KubeConfigConnection(files: files, context: nil, environment: home).connection()
            #expect(found.server == "https://host:6443")
            let none = KubeConfigFiles(named: nil, environment: ["HOME": scratch.path + "/nowhere"])
            #expect(!none.areThere)
            let error = await #expect(throws: KubernetesError.self) {
                try await KubeConfigConnection(files: none, context: nil, environment: [:]).connection()
            }
            #expect(error?.message.contains("there is no kubeconfig") == true)
            #expect(error?.message.contains("/nowhere/.kube/config") == true)
        }
    }

    @Test func `certificates and keys come from data, which wins, or from files`() async throws {
        try await withScratch { scratch in
            try scratch.write("crt", "FILE-CRT")
            try scratch.write("key", "FILE-KEY")
            let data = Data("DATA".utf8).base64EncodedString()
            let user = "{client-certificate: crt, client-key: key, client-certificate-data: \(data)}"
            let cluster =
                "{server: 'https://h', certificate-authority: none, certificate-authority-data: \(data), tls-server-name: n}"
            let found = try await connection(try scratch.write("config", config(user: user, cluster: cluster)))
            #expect(found.tls.authorityCertificates == Array("DATA".utf8))
            #expect(found.tls.serverName == "n")
            #expect(found.tls.clientIdentity?.certificate == Array("DATA".utf8))
            #expect(found.tls.clientIdentity?.key.reveal() == "FILE-KEY")
            #expect(found.secrets == [Secret("FILE-KEY")])
        }
    }

    @Test func `a user may be a name with a password, and act as another`() async throws {
        try await withScratch { scratch in
            let user = """
                {username: me, password: hunter2, as: other, as-uid: '7', as-groups: [a, b],
                 as-user-extra: {Scope/x: [y]}}
                """
            let found = try await connection(try scratch.write("config", config(user: user)))
            #expect(value("Authorization", in: found) == "Basic bWU6aHVudGVyMg==")
            #expect(value("Impersonate-User", in: found) == "other")
            #expect(value("Impersonate-Uid", in: found) == "7")
            #expect(found.headers.filter { $0.name == "Impersonate-Group" }.map(\.value) == ["a", "b"])
            #expect(value("Impersonate-Extra-scope%2fx", in: found) == "y")
            #expect(!"\(found)".contains("hunter2"))
        }
    }

    @Test func `a token file wins while it can be read`() async throws {
        try await withScratch { scratch in
            let file = try scratch.write("config", config(user: "{token: plain, tokenFile: t}"))
            #expect(value("Authorization", in: try await connection(file)) == "Bearer plain")
            try scratch.write("t", "fresh")
            #expect(value("Authorization", in: try await connection(file)) == "Bearer fresh")
        }
    }

    @Test func `an unverified server is a warning, and a proxy is its own`() async throws {
        try await withScratch { scratch in
            let cluster = "{server: 'https://h', insecure-skip-tls-verify: true, proxy-url: 'socks5://u:p@proxy:1080'}"
            let found = try await connection(try scratch.write("config", config(cluster: cluster)))
            #expect(!found.tls.isVerified)
            #expect(found.warnings.first?.contains("insecure-skip-tls-verify") == true)
            #expect(found.proxy?.reveal() == "socks5h://u:p@proxy:1080")
            #expect(!"\(found)".contains("u:p"))
        }
    }

    @Test(arguments: [
        ("a: [", "line 1"), ("[]", "a kubeconfig is a mapping"), ("kind: Pod", "its kind is not Config"),
        ("users: x", "'users' must be a list"), ("users: [{user: {}}]", "a user has no name"),
        ("users: [{name: a}, {name: a}]", "two users named 'a'"), ("{}", "no context is current"), ("", "no context"),
        ("current-context: x", "no context 'x'"),
        ("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]", "a cluster that is not there: 'c'"),
        ("current-context: x\ncontexts: [{name: x}]", "a cluster that is not there"),
        (
            "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c}]",
            "a user that is not there: 'u'"
        ),
        ("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c}]", "no server"),
        ("users: [{name: a, user: {exec: {args: [x]}}}]", "'exec' has no command"),
        ("users: [{name: a, user: {exec: {command: c, env: [{value: x}]}}}]", "a variable has no name"),
        ("clusters: [{name: a, cluster: {insecure-skip-tls-verify: maybe}}]", "true or false"),
    ])
    func `a file that cannot work says why`(text: String, reason: String) async throws {
        try await withScratch { scratch in
            let error = await failure(try scratch.write("config", text))
            #expect(error?.code == .configuration)
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }

    @Test(arguments: [
        ("{client-certificate: none}", "no such file"), ("{client-certificate-data: '%%'}", "not base64"),
        ("{client-certificate-data: YQ==}", "without its key"), ("{tokenFile: none}", "token file"),
        ("{token: \"a b\"}", "characters that no token has"), ("{auth-provider: {name: gcp}}", "'gcp' was removed"),
        ("{as-groups: [a]}", "without 'as'"),
    ])
    func `a user that cannot work says why, and nothing secret`(user: String, reason: String) async throws {
        try await withScratch { scratch in
            let error = await failure(try scratch.write("config", config(user: user)))
            let text = "\(error?.message ?? "") \(error?.nextStep ?? "")"
            #expect(text.contains(reason) || (reason == "no such file" && text.contains("does not exist")), "\(text)")
        }
    }

    @Test(arguments: [
        ("{server: host}", "no URL"), ("{server: 'https://h', proxy-url: 'ftp://x'}", "proxy-url"),
        ("{server: 'https://h', insecure-skip-tls-verify: true, certificate-authority-data: YQ==}", "has both"),
        ("{server: 'https://h', certificate-authority: none}", "certificate-authority of cluster 'c'"),
    ])
    func `a cluster that cannot work says why`(cluster: String, reason: String) async throws {
        try await withScratch { scratch in
            let error = await failure(try scratch.write("config", config(cluster: cluster)))
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }

    @Test func `an error never shows a line of the file`() async throws {
        try await withScratch { scratch in
            let file = try scratch.write("config", "users:\n- name: u\n  user:\n    token: 'SECRET-TOKEN\n")
            let error = await failure(file)
            #expect(error?.message.contains("SECRET") == false)
            #expect(error?.message.contains("line") == true)
        }
    }

    @Test func `a named file must be there, and be a file`() async throws {
        try await withScratch { scratch in
            #expect(await failure(scratch.path + "/none")?.message.contains("does not exist") == true)
            #expect(await failure(scratch.path)?.message.contains("is a folder") == true)
            #expect(KubeConfigFiles(named: scratch.path, environment: [:]).areThere)
        }
    }
}
