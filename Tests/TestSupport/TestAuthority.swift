internal import CTestTLS

/// A certificate authority of a test.
package final class TestAuthority: Sendable {
    /// What an authority issues: a certificate with its key, both PEM.
    package struct Identity: Sendable {
        /// The certificate.
        package let certificate: String
        /// The key.
        package let key: String
    }

    /// The authority's own certificate and key.
    package let identity: Identity

    /// Creates an authority with a key of its own.
    package init(name: String = "okteto-run test authority") {
        identity = Self.issue(name: name, group: nil, places: nil, seconds: 86400, by: nil)
    }

    /// Issues a certificate, for a server with `places` as `DNS:localhost,IP:127.0.0.1`, for a client with a group.
    ///
    /// It ends `seconds` from now; before, when that is negative.
    package func issue(
        name: String,
        group: String? = nil,
        places: String? = nil,
        seconds: Int = 86400
    ) -> Identity {
        Self.issue(name: name, group: group, places: places, seconds: seconds, by: identity)
    }

    private static func issue(
        name: String,
        group: String?,
        places: String?,
        seconds: Int,
        by issuer: Identity?
    ) -> Identity {
        let signer = issuer.flatMap { Self.certificate($0.certificate) }
        let signingKey = issuer.flatMap { Self.key($0.key) }
        defer {
            X509_free(signer)
            EVP_PKEY_free(signingKey)
        }
        var key: OpaquePointer?
        let issued = oktetorun_test_issue(name, group, places, seconds, signer, signingKey, &key)
        defer {
            X509_free(issued)
            EVP_PKEY_free(key)
        }
        return Identity(certificate: pem(issued, nil), key: pem(nil, key))
    }

    private static func pem(_ certificate: OpaquePointer?, _ key: OpaquePointer?) -> String {
        guard let bio = oktetorun_test_pem(certificate, key) else { return "" }
        defer { BIO_free(bio) }
        var bytes: UnsafeMutablePointer<CChar>?
        let count = oktetorun_test_bytes(bio, &bytes)
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
        return String(decoding: buffer, as: UTF8.self)
    }

    static func certificate(_ pem: String) -> OpaquePointer? {
        read(pem) { PEM_read_bio_X509($0, nil, nil, nil) }
    }

    static func key(_ pem: String) -> OpaquePointer? {
        read(pem) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
    }

    /// Reads from a text's bytes, which OpenSSL does not copy: they must stay until all is read.
    private static func read(_ pem: String, _ parse: (OpaquePointer?) -> OpaquePointer?) -> OpaquePointer? {
        Array(pem.utf8).withUnsafeBytes { bytes in
            let bio = BIO_new_mem_buf(bytes.baseAddress, CInt(bytes.count))
            defer { BIO_free(bio) }
            return parse(bio)
        }
    }
}
