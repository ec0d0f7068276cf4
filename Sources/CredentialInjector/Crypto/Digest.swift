internal import COpenSSL

/// SHA-256, and the message authentication code on it, by libcrypto.
enum Digest {
    private static let length = 32

    /// Returns the SHA-256 digest of `bytes`.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses, as where a policy forbids it.
    static func sha256(_ bytes: [UInt8]) throws(CredentialError) -> [UInt8] {
        guard let digest = compute(.sha256, bytes) else { throw unavailable }
        return digest
    }

    /// Returns a digest of `bytes`, or nil when libcrypto refuses, as SHA-1 where a policy forbids it.
    static func compute(_ kind: DigestKind, _ bytes: [UInt8]) -> [UInt8]? {
        var result = [UInt8](repeating: 0, count: kind.length)
        var count = UInt32(0)
        // Both buffers are initialised and of the sizes given; see EVP_Digest(3).
        let isDone = unsafe result.withUnsafeMutableBufferPointer { target in
            unsafe bytes.withUnsafeBufferPointer { source in
                unsafe EVP_Digest(source.baseAddress, source.count, target.baseAddress, &count, kind.method, nil)
            }
        }
        return isDone == 1 && count == kind.length ? result : nil
    }

    /// Returns the HMAC of `message` with `key` on SHA-256 (RFC 2104).
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    static func hmacSHA256(key: [UInt8], _ message: [UInt8]) throws(CredentialError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: length)
        var count = UInt32(0)
        let keyLength = CInt(key.count)
        // All three buffers are initialised and of the sizes given; see HMAC(3).
        let isDone = unsafe result.withUnsafeMutableBufferPointer { target in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe message.withUnsafeBufferPointer { message in
                    unsafe HMAC(
                        EVP_sha256(),
                        key.baseAddress,
                        keyLength,
                        message.baseAddress,
                        message.count,
                        target.baseAddress,
                        &count
                    ) != nil
                }
            }
        }
        guard isDone, count == length else { throw unavailable }
        return result
    }

    private static let unavailable = CredentialError(
        .settings,
        "libcrypto does not compute SHA-256",
        nextStep: "check the configuration of OpenSSL (openssl.cnf)"
    )

    /// Returns `bytes` as lower-case hexadecimal digits.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
