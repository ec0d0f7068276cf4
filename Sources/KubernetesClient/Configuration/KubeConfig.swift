internal import ProcessEnvironment
internal import YAMLSource

/// What the kubeconfig files say, merged by the rules of kubectl.
///
/// https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
struct KubeConfig: Sendable {
    /// The bytes that a file may have.
    static let maximumBytes = YAMLLimits.bytes

    /// The files that were read, for messages.
    private(set) var files: [String] = []
    private(set) var currentContext: String?
    private(set) var contexts: [String: KubeContext] = [:]
    private(set) var clusters: [String: KubeCluster] = [:]
    private(set) var users: [String: KubeUser] = [:]

    /// Reads and merges the files: of two entries with one name the first counts, whole.
    ///
    /// - Throws: ``KubernetesError`` when there is none, or one of them cannot be read or is no kubeconfig.
    static func load(_ places: KubeConfigFiles) throws(KubernetesError) -> KubeConfig {
        var result = KubeConfig()
        for path in places.paths {
            let file: RegularFile
            do {
                file = try RegularFile.read(path, limit: maximumBytes)
            } catch {
                // One of a list may be missing, as with kubectl; the one that was named may not.
                if error == .missing && !places.isExplicit { continue }
                throw KubernetesError(
                    .configuration,
                    "the kubeconfig \(PathText.quoted(path)) \(error.reason)",
                    nextStep: "check the path (\(places.origin))"
                )
            }
            try result.merge(KubeConfigReader(path: path).read(file.bytes))
            result.files.append(path)
        }
        guard !result.files.isEmpty else {
            throw KubernetesError(
                .configuration,
                "there is no kubeconfig: looked for \(places.paths.map(PathText.quoted).joined(separator: ", ")) "
                    + "(\(places.origin))",
                nextStep: "name one with --kubeconfig or KUBECONFIG"
            )
        }
        return result
    }

    private mutating func merge(_ other: KubeConfigReader.Content) {
        if currentContext?.isEmpty ?? true { currentContext = other.currentContext }
        contexts.merge(other.contexts) { first, _ in first }
        clusters.merge(other.clusters) { first, _ in first }
        users.merge(other.users) { first, _ in first }
    }
}
