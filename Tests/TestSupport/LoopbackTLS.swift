internal import CTestTLS

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// How a loopback server speaks TLS.
package struct LoopbackTLS: Sendable {
    /// The server's certificate and key.
    package let identity: TestAuthority.Identity
    /// The PEM certificate of the authority whose clients are let in; nil lets everyone in.
    package let clientAuthority: String?

    /// The PEM certificates that the server presents behind its own.
    package let chain: [String]

    /// Creates settings.
    package init(identity: TestAuthority.Identity, chain: [String] = [], clientAuthority: String? = nil) {
        self.identity = identity
        self.chain = chain
        self.clientAuthority = clientAuthority
    }

    /// Shakes hands on a connection and returns the session, or nil when the client does not agree.
    func accept(_ connection: CInt) -> LoopbackSession? {
        // libssl writes without MSG_NOSIGNAL, and a client may be gone. The signal is the thread's own, and ends with it.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        guard let context = SSL_CTX_new(TLS_server_method()) else { return nil }
        // The session keeps what it needs of the context.
        defer { SSL_CTX_free(context) }
        let certificate = TestAuthority.certificate(identity.certificate)
        let key = TestAuthority.key(identity.key)
        defer {
            X509_free(certificate)
            EVP_PKEY_free(key)
        }
        guard SSL_CTX_use_certificate(context, certificate) == 1, SSL_CTX_use_PrivateKey(context, key) == 1 else {
            return nil
        }
        for pem in chain {
            guard let certificate = TestAuthority.certificate(pem) else { return nil }
            guard oktetorun_test_add_chain(context, certificate) == 1 else {
                X509_free(certificate)
                return nil
            }
        }
        if let clientAuthority {
            let authority = TestAuthority.certificate(clientAuthority)
            defer { X509_free(authority) }
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        guard let session = SSL_new(context) else { return nil }
        guard SSL_set_fd(session, connection) == 1,
            LoopbackSession.uninterrupted(session, { SSL_accept(session) }) == 1
        else {
            SSL_free(session)
            return nil
        }
        return LoopbackSession(session)
    }
}
