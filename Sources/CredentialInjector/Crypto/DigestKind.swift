internal import COpenSSL

/// The digests that signatures and thumbprints are made of.
enum DigestKind: Sendable, Hashable {
    case sha1, sha256, sha384, sha512

    /// The digest's bytes.
    var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// libcrypto's description of it, which lives as long as the program.
    var method: OpaquePointer? {
        switch self {
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        case .sha384: unsafe EVP_sha384()
        case .sha512: unsafe EVP_sha512()
        }
    }
}
