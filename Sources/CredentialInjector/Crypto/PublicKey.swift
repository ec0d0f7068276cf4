internal import COpenSSL

/// Owns a public key of libcrypto.
@safe
struct PublicKey: ~Copyable {
    private let raw: OpaquePointer

    /// Reads a SubjectPublicKeyInfo in DER, or returns nil when it is none: a point that is not on its curve, for one.
    ///
    /// See d2i_PUBKEY(3).
    init?(subjectPublicKeyInfo bytes: [UInt8]) {
        let key = unsafe bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            // libcrypto moves its own copy of the pointer on, within the length given.
            var position = buffer.baseAddress
            return unsafe d2i_PUBKEY(nil, &position, buffer.count)
        }
        guard let key = unsafe key else {
            // What is left in the thread's queue would be taken for the fault of a later call.
            ERR_clear_error()
            return nil
        }
        unsafe raw = unsafe key
    }

    deinit {
        unsafe EVP_PKEY_free(raw)
    }

    /// Returns whether `signature` is this key's of `message`.
    ///
    /// RSA signatures are of PKCS #1 v1.5, elliptic ones in DER. See EVP_DigestVerifyInit(3). That libcrypto refuses, as
    /// where a policy forbids the digest, counts as no.
    func verifies(_ signature: [UInt8], of message: [UInt8], by digest: DigestKind) -> Bool {
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer {
            unsafe EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        guard unsafe EVP_DigestVerifyInit(context, nil, digest.method, nil, raw) == 1 else { return false }
        // Both buffers are initialised and of the sizes given.
        return unsafe signature.withUnsafeBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_DigestVerify(
                    context,
                    signature.baseAddress,
                    signature.count,
                    message.baseAddress,
                    message.count
                ) == 1
            }
        }
    }
}
