internal import COpenSSL
package import ProcessEnvironment

/// A SHA-256 digest of bytes that come in pieces, by libcrypto, for one thread.
@safe
package final class ContentDigest {
    private let context: OpaquePointer
    private var isGood: Bool

    /// Creates a digest of nothing.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses, as where a policy forbids it.
    package init() throws(CredentialError) {
        guard let context = unsafe EVP_MD_CTX_new() else { throw Self.unavailable }
        unsafe self.context = context
        // The context keeps the digest's implementation, so that looking it up is done once; see EVP_DigestInit(3).
        isGood = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        guard isGood else { throw Self.unavailable }
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }

    /// Adds bytes.
    package func update(_ bytes: RawSpan) {
        // The pointer is used during the call alone.
        isGood =
            unsafe bytes.withUnsafeBytes { buffer in
                unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1
            } && isGood
    }

    /// Returns the digest's 32 bytes, and begins anew with nothing.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refused something since.
    package func finish() throws(CredentialError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 32)
        var count = UInt32(0)
        let isDone = unsafe result.withUnsafeMutableBufferPointer { target in
            unsafe EVP_DigestFinal_ex(context, target.baseAddress, &count) == 1
        }
        let wasGood = isGood
        isGood = unsafe EVP_DigestInit_ex(context, nil, nil) == 1
        guard isDone, wasGood, isGood, count == 32 else { throw Self.unavailable }
        return result
    }

    /// Returns the digest of a text in hexadecimal digits.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    package static func hexadecimal(of text: String) throws(CredentialError) -> String {
        Digest.hexadecimal(try Digest.sha256(Array(text.utf8)))
    }

    /// Returns the digest of bytes with a key (HMAC, RFC 2104): without the key nobody can try out what they were.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    package static func keyed(_ key: Secret, _ bytes: [UInt8]) throws(CredentialError) -> [UInt8] {
        try Digest.hmacSHA256(key: key.bytes, bytes)
    }

    /// Returns a new key for ``keyed(_:_:)``, as 64 hexadecimal digits.
    ///
    /// - Throws: ``CredentialError`` when the generator has no entropy.
    package static func newKey() throws(CredentialError) -> Secret {
        Secret(try RandomToken.hexadecimal(bytes: 32))
    }

    private static let unavailable = CredentialError(
        .settings,
        "libcrypto does not compute SHA-256",
        nextStep: "check the configuration of OpenSSL (openssl.cnf)"
    )
}
