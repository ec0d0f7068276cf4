internal import COpenSSL

/// Values that nobody can guess, by libcrypto's generator for private values (RAND_priv_bytes(3)).
enum RandomToken {
    /// Returns `bytes` random bytes as twice as many lower-case hexadecimal digits.
    ///
    /// - Throws: ``CredentialError`` when the generator has no entropy.
    static func hexadecimal(bytes count: Int) throws(CredentialError) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        defer { Cleanser.cleanse(&bytes) }
        // The buffer is initialised and of this size.
        let isDone = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_priv_bytes(buffer.baseAddress, CInt(clamping: buffer.count))
        }
        guard isDone == 1 else {
            throw CredentialError(
                .settings,
                "libcrypto has no random numbers",
                nextStep: "check the configuration of OpenSSL (openssl.cnf)"
            )
        }
        return Digest.hexadecimal(bytes)
    }
}
