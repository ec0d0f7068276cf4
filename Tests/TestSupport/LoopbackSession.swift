internal import CTestTLS

/// A TLS session of a loopback server, used by one thread.
final class LoopbackSession {
    private let session: OpaquePointer

    init(_ session: OpaquePointer) {
        self.session = session
    }

    deinit {
        SSL_shutdown(session)
        SSL_free(session)
    }

    /// The server's name that the client asked for.
    var serverName: String? {
        SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// The common name of the client's certificate.
    var clientName: String? {
        guard let certificate = SSL_get1_peer_certificate(session) else { return nil }
        defer { X509_free(certificate) }
        var name = [CChar](repeating: 0, count: 256)
        let length = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, &name, 256)
        guard length >= 0 else { return nil }
        return String(decoding: name.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func receive(_ bytes: inout [UInt8]) -> Int {
        Int(Self.uninterrupted(session) { SSL_read(session, &bytes, CInt(bytes.count)) })
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        Int(Self.uninterrupted(session) { SSL_write(session, bytes.baseAddress, CInt(bytes.count)) })
    }

    /// Repeats a call that a signal to the test's process has interrupted: the socket is one that waits, so nothing else
    /// makes OpenSSL want to be called again.
    static func uninterrupted(_ session: OpaquePointer, _ call: () -> CInt) -> CInt {
        while true {
            let result = call()
            guard result <= 0, [SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE].contains(SSL_get_error(session, result))
            else { return result }
        }
    }
}
