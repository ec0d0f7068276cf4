internal import FoundationEssentials
internal import HTTPTransport
package import ProcessEnvironment
internal import YAMLSource

/// The way to an API server through a kubeconfig.
package struct KubeConfigConnection: Sendable {
    private let files: KubeConfigFiles
    private let context: String?
    private let environment: EnvironmentVariables
    private let plugins: ExecPluginCache

    /// Creates a way by `context`, or by the current one; plug-ins run with `environment`, and what they print is kept in
    /// `plugins` for as long as it holds.
    package init(
        files: KubeConfigFiles,
        context: String?,
        environment: EnvironmentVariables,
        plugins: ExecPluginCache = ExecPluginCache()
    ) {
        self.files = files
        self.context = context
        self.environment = environment
        self.plugins = plugins
    }

    /// Reads the files, each time anew, and runs the user's plug-in where there is one and what it printed holds no more.
    ///
    /// - Throws: ``KubernetesError`` when something is missing, contradicts, or cannot be had.
    package func connection() async throws(KubernetesError) -> ClusterConnection {
        let chosen: Choice
        do {
            // Files may be on a network file system that hangs, so not on the cooperative pool.
            chosen = try await DedicatedThread.run { try choose() }
        } catch let error as KubernetesError {
            throw error
        } catch {
            throw KubernetesError(.configuration, "the kubeconfig cannot be read: \(error)")
        }
        var tls = chosen.tls
        var headers = chosen.headers
        var secrets = chosen.secrets
        // As with kubectl, what the file itself says of who the user is comes before a plug-in.
        if let plugin = chosen.plugin, !headers.contains(where: { $0.name == "Authorization" }) {
            let given = try await credential(of: plugin, chosen.pluginCluster)
            if let token = given.token { headers.append(HTTPHeader("Authorization", "Bearer \(token.reveal())")) }
            if let identity = given.identity { tls.clientIdentity = identity }
            secrets += given.secrets
        }
        return ClusterConnection(
            server: chosen.server,
            tls: tls,
            proxy: chosen.proxy,
            headers: headers,
            namespace: chosen.namespace,
            ownAccount: nil,
            name: "context \(PrintableText.quoted(chosen.context))",
            warnings: chosen.warnings,
            secrets: secrets
        )
    }

    private func credential(of plugin: ExecPlugin, _ cluster: JSONValue) async throws(KubernetesError) -> ExecCredential
    {
        guard let bytes = try? cluster.encoded() else {
            throw failure("what the plug-in is to be told of the cluster cannot be written as JSON")
        }
        let key = ExecPluginCache.Key(plugin: plugin, cluster: bytes)
        if let kept = plugins.credential(for: key) { return kept }
        let given = try await ExecPluginRun(plugin: plugin, cluster: cluster, environment: environment).credential()
        plugins.keep(given, for: key)
        return given
    }

    /// What the files say of one context.
    private struct Choice: Sendable {
        var context = ""
        var server = ""
        var namespace = "default"
        var tls = TLSSettings()
        var proxy: Secret?
        var headers: [HTTPHeader] = []
        var secrets: [Secret] = []
        var warnings: [String] = []
        var plugin: ExecPlugin?
        var pluginCluster: JSONValue = .null
    }

    private func choose() throws(KubernetesError) -> Choice {
        let config = try KubeConfig.load(files)
        let name = try contextName(in: config)
        guard let context = config.contexts[name] else {
            throw failure(
                "there is no context \(PrintableText.quoted(name))",
                "the contexts are: \(config.contexts.keys.sorted().map(PrintableText.quoted).joined(separator: ", "))"
            )
        }
        let place = "context \(PrintableText.quoted(name))"
        guard let clusterName = context.cluster, let cluster = config.clusters[clusterName] else {
            throw failure("\(place) is of a cluster that is not there: \(PrintableText.quoted(context.cluster ?? ""))")
        }
        var user = KubeUser()
        if let userName = context.user, !userName.isEmpty {
            guard let found = config.users[userName] else {
                throw failure("\(place) is of a user that is not there: \(PrintableText.quoted(userName))")
            }
            user = found
        }
        var choice = Choice()
        choice.context = name
        choice.namespace = context.namespace.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
        try apply(cluster, named: clusterName, to: &choice)
        try apply(user, to: &choice)
        return choice
    }

    private func contextName(in config: KubeConfig) throws(KubernetesError) -> String {
        if let context { return context }
        guard let current = config.currentContext, !current.isEmpty else {
            throw failure("no context is current", "choose one with --kube-context")
        }
        return current
    }

    private func apply(_ cluster: KubeCluster, named name: String, to choice: inout Choice) throws(KubernetesError) {
        let shown = "cluster \(PrintableText.quoted(name))"
        guard let server = cluster.server, server.lowercased().hasPrefix("https://") || server.hasPrefix("http://")
        else {
            throw failure("\(shown) has no server, or one that is no URL", "give it as https://HOST:PORT")
        }
        choice.server = String(server.reversed().drop { $0 == "/" }.reversed())
        let authorities = try pem(cluster.authorityFile, cluster.authorityData, "certificate-authority of \(shown)")
        if cluster.isInsecure {
            guard authorities == nil else {
                throw failure("\(shown) has both a certificate authority and insecure-skip-tls-verify", "remove one")
            }
            choice.tls.isVerified = false
            choice.warnings.append(
                "the certificate of \(shown) is not verified (insecure-skip-tls-verify): whoever is on the way can read "
                    + "the token and the credentials of the user"
            )
        }
        choice.tls.authorityCertificates = authorities
        if server.lowercased().hasPrefix("https://") { choice.tls.serverName = cluster.serverName }
        choice.proxy = try proxy(cluster.proxyURL, shown)
        var told: [String: JSONValue] = ["server": .text(server)]
        told["tls-server-name"] = cluster.serverName.map(JSONValue.text)
        if cluster.isInsecure { told["insecure-skip-tls-verify"] = .boolean(true) }
        told["certificate-authority-data"] = authorities.map { .text(Data($0).base64EncodedString()) }
        told["proxy-url"] = cluster.proxyURL.map { .text($0.reveal()) }
        told["config"] = cluster.pluginConfiguration.map(JSONValue.init)
        choice.pluginCluster = .object(told)
    }

    /// libcurl resolves host names itself for `socks5`, where kubectl has the proxy do it.
    private func proxy(_ url: Secret?, _ shown: String) throws(KubernetesError) -> Secret? {
        guard let url else { return nil }
        let text = url.reveal()
        guard let scheme = ["http://", "https://", "socks5://", "socks5h://"].first(where: { text.hasPrefix($0) }),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), text.count > scheme.count
        else { throw failure("the proxy-url of \(shown) is no URL of http, https or socks5") }
        return scheme == "socks5://" ? Secret("socks5h://" + text.dropFirst(scheme.count)) : url
    }

    private func apply(_ user: KubeUser, to choice: inout Choice) throws(KubernetesError) {
        if let provider = user.provider {
            throw failure(
                "the user's auth-provider \(PrintableText.quoted(provider)) was removed from Kubernetes in 1.26",
                "have the provider's own tool write a kubeconfig with an exec plug-in"
            )
        }
        let certificate = try pem(user.certificateFile, user.certificateData, "client-certificate of the user")
        let key = try pem(user.keyFile, user.keyData?.reveal(), "client-key of the user")
        switch (certificate, key) {
        case (nil, nil): break
        case (let certificate?, let key?):
            let secret = Secret(bytes: key)
            choice.tls.clientIdentity = ClientIdentity(certificate: certificate, key: secret)
            choice.secrets.append(secret)
        default: throw failure("the user has a client certificate without its key, or a key without its certificate")
        }
        if let token = try token(of: user) {
            choice.headers.append(HTTPHeader("Authorization", "Bearer \(token.reveal())"))
            choice.secrets.append(token)
        } else if let name = user.name, let password = user.password {
            let pair = Data((name + ":").utf8) + Data(password.bytes)
            choice.headers.append(HTTPHeader("Authorization", "Basic \(pair.base64EncodedString())"))
            choice.secrets += [password, Secret(pair.base64EncodedString())]
        }
        choice.plugin = user.plugin
        choice.headers += try impersonation(user.impersonation)
    }

    private func token(of user: KubeUser) throws(KubernetesError) -> Secret? {
        var token = user.token
        if let path = user.tokenFile {
            do {
                let text = String(decoding: try RegularFile.read(path, limit: 64 << 10).bytes, as: UTF8.self)
                token = Secret(text.trimmed)
            } catch {
                // As with kubectl, the token that stands beside it counts then.
                guard token != nil else {
                    throw KubernetesError(
                        .credentials,
                        "the user's token file \(PathText.quoted(path)) \(error.reason)"
                    )
                }
            }
        }
        guard let token else { return nil }
        guard !token.isEmpty, token.bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw KubernetesError(.credentials, "the user's token is empty, or has characters that no token has")
        }
        return token
    }

    private func impersonation(_ whom: KubeUser.Impersonation) throws(KubernetesError) -> [HTTPHeader] {
        guard let user = whom.user else {
            guard whom.groups.isEmpty, whom.identifier == nil, whom.extra.isEmpty else {
                throw failure("the user has as-groups, as-uid or as-user-extra without 'as'")
            }
            return []
        }
        var headers = [HTTPHeader("Impersonate-User", user)]
        headers += whom.groups.map { HTTPHeader("Impersonate-Group", $0) }
        if let identifier = whom.identifier { headers.append(HTTPHeader("Impersonate-Uid", identifier)) }
        for (key, values) in whom.extra {
            let name = "Impersonate-Extra-\(Self.escaped(key))"
            headers += values.map { HTTPHeader(name, $0) }
        }
        return headers
    }

    /// A field's name has no room for any other character, so Kubernetes percent-encodes them.
    private static func escaped(_ key: String) -> String {
        key.lowercased().utf8.map { byte in
            let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-_.".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Returns the PEM of base64 data, or of a file; nil where there is neither.
    private func pem(_ file: String?, _ data: String?, _ what: String) throws(KubernetesError) -> [UInt8]? {
        if let data {
            let text = data.filter { !$0.isNewline }
            guard let bytes = Data(base64Encoded: text), !bytes.isEmpty else {
                throw failure("the \(what) is not base64 (\(what.prefix { $0 != " " })-data)")
            }
            return Array(bytes)
        }
        guard let file else { return nil }
        do {
            return try RegularFile.read(file, limit: 1 << 20).bytes
        } catch {
            throw failure("the \(what), \(PathText.quoted(file)), \(error.reason)")
        }
    }

    private func failure(_ message: String, _ nextStep: String? = nil) -> KubernetesError {
        let shown = files.paths.map { PathText.quoted($0) }.joined(separator: ", ")
        return KubernetesError(.configuration, "in the kubeconfig (\(shown)), \(message)", nextStep: nextStep)
    }
}
