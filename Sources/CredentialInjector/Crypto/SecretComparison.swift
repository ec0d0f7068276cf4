internal import COpenSSL
internal import ProcessEnvironment

/// Comparison with a secret in a time that tells nothing of where two values differ (CRYPTO_memcmp(3)).
enum SecretComparison {
    /// Returns whether `bytes` are those of `secret`; that the lengths differ may be told by the time.
    static func isEqual(_ bytes: some Collection<UInt8>, _ secret: Secret) -> Bool {
        let bytes = Array(bytes)
        guard bytes.count == secret.bytes.count else { return false }
        return unsafe bytes.withUnsafeBytes { left in
            // Both buffers are of the same size.
            unsafe secret.bytes.withUnsafeBytes { unsafe CRYPTO_memcmp(left.baseAddress, $0.baseAddress, left.count) }
        } == 0
    }
}
