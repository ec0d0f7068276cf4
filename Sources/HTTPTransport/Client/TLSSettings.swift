/// How servers are authenticated, and the client to them.
///
/// TLS 1.2 is the least, and peers are verified unless ``isVerified`` says otherwise.
package struct TLSSettings: Sendable, Hashable {
    /// A file of PEM certificates that replaces the system's authorities.
    package var authorities: String?
    /// PEM certificates that replace the system's authorities, and those of the file.
    package var authorityCertificates: [UInt8]?
    /// A file with the client's PEM certificate.
    package var clientCertificate: String?
    /// A file with the client's PEM key.
    package var clientKey: String?
    /// The client's certificate and key in memory, in place of the files.
    package var clientIdentity: ClientIdentity?
    /// The name that the server is asked for, and that its certificate must have, in place of the URL's host.
    package var serverName: String?
    /// Whether the server's certificate is verified.
    ///
    /// Only what a user wrote down for one server may switch it off.
    package var isVerified = true

    /// Creates settings; without any the system's authorities are trusted and the client is anonymous.
    package init(
        authorities: String? = nil,
        authorityCertificates: [UInt8]? = nil,
        clientCertificate: String? = nil,
        clientKey: String? = nil,
        clientIdentity: ClientIdentity? = nil,
        serverName: String? = nil,
        isVerified: Bool = true
    ) {
        self.authorities = authorities
        self.authorityCertificates = authorityCertificates
        self.clientCertificate = clientCertificate
        self.clientKey = clientKey
        self.clientIdentity = clientIdentity
        self.serverName = serverName
        self.isVerified = isVerified
    }
}
