internal import FoundationEssentials
internal import HTTPTransport
internal import ProcessEnvironment
internal import YAMLSource

/// One run of an exec plug-in.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
struct ExecPluginRun {
    let plugin: ExecPlugin
    /// What the plug-in is told of the cluster, if it wants to know.
    let cluster: JSONValue
    let environment: EnvironmentVariables
    var timeout: Duration = .seconds(60)

    /// Runs the program and returns what it gives.
    ///
    /// - Throws: ``KubernetesError`` when it cannot be run, fails, or prints something else.
    func credential() async throws(KubernetesError) -> ExecCredential {
        try check()
        let program = HelperProgram(
            words: [plugin.command] + plugin.arguments,
            environment: try variables(),
            timeout: timeout,
            maximumOutputBytes: 256 << 10
        )
        let result: HelperProgramResult
        do {
            result = try await program.run()
        } catch {
            guard error.code != .cancelled else { throw KubernetesError(.cancelled, "cancelled") }
            throw failure(
                "gave nothing: \(PrintableText.escaped(error.message, limit: 400))",
                error.standardError,
                nextStep: error.code == .notStarted
                    ? plugin.installHint.map { PrintableText.escaped($0, limit: 400) } : nil
            )
        }
        guard result.exitStatus == 0 else {
            throw failure("failed with exit status \(result.exitStatus)", result.standardError)
        }
        do {
            return try ExecCredential(result.standardOutput, version: plugin.version)
        } catch {
            throw failure(error.reason, result.standardError)
        }
    }

    private func check() throws(KubernetesError) {
        guard ExecPlugin.versions.contains(plugin.version) else {
            throw failure(
                "speaks \(PrintableText.quoted(plugin.version)), which is not spoken here",
                nextStep: "set its apiVersion to client.authentication.k8s.io/v1, if it can speak that"
            )
        }
        switch plugin.interactiveMode {
        case "Never", "IfAvailable": break
        case nil where plugin.version.hasSuffix("/v1beta1"): break
        case nil: throw failure("has no interactiveMode, which v1 demands", nextStep: "set it to IfAvailable")
        case "Always":
            throw failure(
                "wants to ask the user (interactiveMode: Always), for which there is no terminal here",
                nextStep: "log in with it by hand first, and set interactiveMode: IfAvailable"
            )
        default: throw failure("has an interactiveMode that is not Never, IfAvailable or Always")
        }
    }

    private func variables() throws(KubernetesError) -> EnvironmentVariables {
        var specification: [String: JSONValue] = ["interactive": .boolean(false)]
        if plugin.wantsCluster { specification["cluster"] = cluster }
        let information = JSONValue.object([
            "apiVersion": .text(plugin.version), "kind": .text("ExecCredential"), "spec": .object(specification),
        ])
        var result = environment.merging(plugin.environment)
        do {
            result.set("KUBERNETES_EXEC_INFO", to: Secret(bytes: try information.encoded()))
        } catch {
            throw failure("cannot be told about the cluster")
        }
        return result
    }

    private func failure(
        _ reason: String,
        _ standardError: [UInt8] = [],
        nextStep: String? = nil
    ) -> KubernetesError {
        let text = PrintableText.escaped(String(decoding: standardError, as: UTF8.self), limit: 1000)
        return KubernetesError(
            .credentials,
            "the exec plug-in \(PathText.quoted(plugin.command)) of the kubeconfig \(reason)",
            details: text.isEmpty ? [] : ["its standard error: \(text)"],
            nextStep: nextStep ?? "see whether 'kubectl get --raw /version' works with this context"
        )
    }
}
