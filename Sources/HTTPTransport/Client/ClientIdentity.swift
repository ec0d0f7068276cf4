package import ProcessEnvironment

/// A certificate and its key, both PEM, by which a client authenticates itself.
package struct ClientIdentity: Sendable, Hashable {
    /// The certificate, and those that lead to its authority.
    package let certificate: [UInt8]
    /// The key, without a pass phrase.
    package let key: Secret

    /// Creates an identity.
    package init(certificate: [UInt8], key: Secret) {
        self.certificate = certificate
        self.key = key
    }
}
