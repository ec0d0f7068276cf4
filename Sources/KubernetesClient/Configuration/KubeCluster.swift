internal import ProcessEnvironment
internal import YAMLSource

/// How a kubeconfig says that an API server is reached.
struct KubeCluster: Sendable {
    /// The URL, which may have a path.
    var server: String?
    /// The name that the server's certificate has, in place of the URL's host.
    var serverName: String?
    /// Whether the server's certificate is not verified.
    var isInsecure = false
    /// The PEM file of the authorities, absolute.
    var authorityFile: String?
    /// The base64 of their PEM, which wins over the file.
    var authorityData: String?
    /// The URL of a proxy, which may hold a password.
    var proxyURL: Secret?
    /// What an exec plug-in is told of the cluster: the extension `client.authentication.k8s.io/exec`.
    var pluginConfiguration: YAMLNode?
}
