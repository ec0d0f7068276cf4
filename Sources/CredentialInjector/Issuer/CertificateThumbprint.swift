internal import FoundationEssentials

/// The thumbprint by which IAM knows the authority of an issuer's server.
enum CertificateThumbprint {
    /// Returns the SHA-1 of the last certificate that a server presented, in upper-case hexadecimal digits.
    ///
    /// That is the one nearest to the root, which IAM's guide "Obtain the thumbprint for an OpenID Connect identity
    /// provider" takes. Nil when there is none, or libcrypto does not compute SHA-1.
    static func of(chain: [String]) -> String? {
        guard let last = chain.last, let bytes = der(last), let digest = Digest.compute(.sha1, bytes) else {
            return nil
        }
        return Digest.hexadecimal(digest).uppercased()
    }

    /// Returns the bytes of a certificate in PEM (RFC 7468), or nil when it is none.
    static func der(_ pem: String) -> [UInt8]? {
        guard let begin = pem.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = pem.firstRange(of: "-----END CERTIFICATE-----"), begin.upperBound <= end.lowerBound
        else { return nil }
        let text = pem[begin.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
        return Data(base64Encoded: text).map(Array.init)
    }
}
