/// How servers are authenticated, and the client to them.
///
/// TLS 1.2 is the least, and peers are always verified.
package struct TLSSettings: Sendable, Hashable {
    /// A file of PEM certificates that replaces the system's authorities.
    package var authorities: String?
    /// A file with the client's PEM certificate.
    package var clientCertificate: String?
    /// A file with the client's PEM key.
    package var clientKey: String?

    /// Creates settings; without any the system's authorities are trusted and the client is anonymous.
    package init(authorities: String? = nil, clientCertificate: String? = nil, clientKey: String? = nil) {
        self.authorities = authorities
        self.clientCertificate = clientCertificate
        self.clientKey = clientKey
    }
}
