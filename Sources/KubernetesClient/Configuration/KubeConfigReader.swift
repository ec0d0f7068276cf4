internal import ProcessEnvironment
internal import YAMLSource

/// Reads one kubeconfig file.
///
/// A line of such a file may be a token or a key, so that errors give its number and never its text.
struct KubeConfigReader {
    /// What one file says.
    struct Content {
        var currentContext: String?
        var contexts: [String: KubeContext] = [:]
        var clusters: [String: KubeCluster] = [:]
        var users: [String: KubeUser] = [:]
    }

    /// The file's path; relative paths in it start at its folder.
    let path: String

    /// Takes the file apart.
    ///
    /// - Throws: ``KubernetesError`` when it is no YAML, or no kubeconfig.
    func read(_ bytes: [UInt8]) throws(KubernetesError) -> Content {
        let document = YAMLDocument.read(SourceText(path: path, bytes: bytes))
        if let finding = document.diagnostics.first(where: { $0.severity == .error }) {
            throw failure(finding.message, at: finding.mark)
        }
        guard let root = document.root, !root.isNull else { return Content() }
        guard case .mapping = root.content else { throw failure("a kubeconfig is a mapping", at: root.mark) }
        if let kind = root["kind"]?.text, kind != "Config" { throw failure("its kind is not Config", at: root.mark) }
        var result = Content()
        result.currentContext = root["current-context"]?.text
        result.contexts = try named(root["contexts"], "context", context)
        result.clusters = try named(root["clusters"], "cluster", cluster)
        result.users = try named(root["users"], "user", user)
        return result
    }

    private func named<Value>(
        _ list: YAMLNode?,
        _ key: String,
        _ decode: (YAMLNode) throws(KubernetesError) -> Value
    ) throws(KubernetesError) -> [String: Value] {
        guard let list, !list.isNull else { return [:] }
        guard let items = list.items else { throw failure("'\(key)s' must be a list", at: list.mark) }
        var result: [String: Value] = [:]
        for item in items {
            guard let name = item["name"]?.text else { throw failure("a \(key) has no name", at: item.mark) }
            guard result[name] == nil else {
                throw failure("there are two \(key)s named \(PrintableText.quoted(name))", at: item.mark)
            }
            result[name] = try decode(item[key] ?? YAMLNode.empty(at: item.mark))
        }
        return result
    }

    private func context(_ node: YAMLNode) throws(KubernetesError) -> KubeContext {
        KubeContext(cluster: node["cluster"]?.text, user: node["user"]?.text, namespace: node["namespace"]?.text)
    }

    private func cluster(_ node: YAMLNode) throws(KubernetesError) -> KubeCluster {
        var result = KubeCluster()
        result.server = node["server"]?.text
        result.serverName = nonEmpty(node["tls-server-name"])
        result.isInsecure = try flag(node["insecure-skip-tls-verify"])
        result.authorityFile = file(node["certificate-authority"])
        result.authorityData = nonEmpty(node["certificate-authority-data"])
        result.proxyURL = nonEmpty(node["proxy-url"]).map { Secret($0) }
        let extensions = node["extensions"]?.items ?? []
        result.pluginConfiguration =
            extensions.first { $0["name"]?.text == "client.authentication.k8s.io/exec" }?["extension"]
        return result
    }

    private func user(_ node: YAMLNode) throws(KubernetesError) -> KubeUser {
        var result = KubeUser()
        result.certificateFile = file(node["client-certificate"])
        result.certificateData = nonEmpty(node["client-certificate-data"])
        result.keyFile = file(node["client-key"])
        result.keyData = nonEmpty(node["client-key-data"]).map { Secret($0) }
        result.token = nonEmpty(node["token"]).map { Secret($0) }
        result.tokenFile = file(node["tokenFile"])
        result.name = nonEmpty(node["username"])
        result.password = nonEmpty(node["password"]).map { Secret($0) }
        result.provider = node["auth-provider"].flatMap { $0.isNull ? nil : $0["name"]?.text ?? "?" }
        result.plugin = try plugin(node["exec"])
        result.impersonation.user = nonEmpty(node["as"])
        result.impersonation.identifier = nonEmpty(node["as-uid"])
        result.impersonation.groups = node["as-groups"]?.items?.compactMap(\.text) ?? []
        if case .mapping(let entries) = node["as-user-extra"]?.content {
            result.impersonation.extra = entries.map { ($0.key, $0.value.items?.compactMap(\.text) ?? []) }
        }
        return result
    }

    private func plugin(_ node: YAMLNode?) throws(KubernetesError) -> ExecPlugin? {
        guard let node, !node.isNull else { return nil }
        guard let command = nonEmpty(node["command"]) else { throw failure("'exec' has no command", at: node.mark) }
        var environment = EnvironmentVariables()
        for item in node["env"]?.items ?? [] {
            guard let name = nonEmpty(item["name"]) else { throw failure("a variable has no name", at: item.mark) }
            environment[name] = item["value"]?.text ?? ""
        }
        return ExecPlugin(
            version: node["apiVersion"]?.text ?? "",
            // A name alone is looked up in PATH.
            command: command.contains("/") ? absolute(command) : command,
            arguments: (node["args"]?.items ?? []).map { $0.text ?? "" },
            environment: environment,
            installHint: nonEmpty(node["installHint"]),
            wantsCluster: try flag(node["provideClusterInfo"]),
            interactiveMode: nonEmpty(node["interactiveMode"])
        )
    }

    private func nonEmpty(_ node: YAMLNode?) -> String? {
        node?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func file(_ node: YAMLNode?) -> String? {
        nonEmpty(node).map(absolute)
    }

    private func absolute(_ text: String) -> String {
        guard !text.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return text }
        return path[...slash] + text
    }

    private func flag(_ node: YAMLNode?) throws(KubernetesError) -> Bool {
        guard let node, !node.isNull else { return false }
        guard let value = node.boolean else { throw failure("this must be true or false", at: node.mark) }
        return value
    }

    private func failure(_ reason: String, at mark: SourceMark) -> KubernetesError {
        KubernetesError(
            .configuration,
            "the kubeconfig \(PathText.quoted(path)) cannot be used, line \(mark.line): "
                + PrintableText.escaped(reason, limit: 200),
            nextStep: "compare it with 'kubectl config view'"
        )
    }
}

extension YAMLNode {
    /// What stands for an entry that is not there.
    fileprivate static func empty(at mark: SourceMark) -> YAMLNode {
        YAMLNode(.mapping([]), at: mark)
    }
}
