package import HTTPTransport
package import ProcessEnvironment

/// How an API server is reached and the client authenticated, as it holds for one moment: tokens and certificates that
/// are rotated are read anew by whoever makes the next one.
package struct ClusterConnection: Sendable {
    /// The server's URL, without a slash at its end.
    package let server: String
    /// How the server, and perhaps the client, is authenticated.
    package let tls: TLSSettings
    /// The proxy of its own, if it has one; else those of the process environment count.
    package let proxy: Secret?
    /// The header fields that say who the client is, and whom it acts as.
    package let headers: [HTTPHeader]
    /// The namespace that holds where none is named.
    package let namespace: String
    /// The service account that the client itself is, where that is known.
    package let ownAccount: ServiceAccountName?
    /// What leads there, for messages: `context 'x'`, `the pod's service account`.
    package let name: String
    /// What is odd but not wrong, in words.
    package let warnings: [String]
    /// What must be masked in all output.
    package let secrets: [Secret]
}
