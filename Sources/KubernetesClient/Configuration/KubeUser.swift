internal import ProcessEnvironment

/// How a kubeconfig says that a user is authenticated.
struct KubeUser: Sendable {
    /// The PEM file of a client certificate, absolute.
    var certificateFile: String?
    /// The base64 of its PEM, which wins over the file.
    var certificateData: String?
    /// The PEM file of the key, absolute.
    var keyFile: String?
    /// The base64 of its PEM, which wins over the file.
    var keyData: Secret?
    /// A bearer token.
    var token: Secret?
    /// A file with a bearer token, absolute; it wins over ``token`` while it can be read.
    var tokenFile: String?
    /// The name for basic authentication.
    var name: String?
    /// The password for basic authentication.
    var password: Secret?
    /// A program that gives a token or a certificate.
    var plugin: ExecPlugin?
    /// The name of an authentication provider that was built into kubectl before 1.26.
    var provider: String?
    /// Whom to act as.
    var impersonation = Impersonation()

    /// The user, groups and so on that the real user acts as.
    struct Impersonation: Sendable {
        var user: String?
        var identifier: String?
        var groups: [String] = []
        var extra: [(key: String, values: [String])] = []
    }
}
