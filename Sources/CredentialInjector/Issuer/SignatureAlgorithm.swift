/// The algorithms of signatures that STS verifies (RFC 7518 §3).
enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"

    /// The type of key that it needs, as a key set names it.
    var keyType: String { curve == nil ? "RSA" : "EC" }

    /// The elliptic curve of the key, or nil for RSA.
    var curve: EllipticCurve? {
        switch self {
        case .es256: .p256
        case .es384: .p384
        case .es512: .p521
        case .rs256, .rs384, .rs512: nil
        }
    }

    /// The digest that is signed.
    var digest: DigestKind {
        switch self {
        case .rs256, .es256: .sha256
        case .rs384, .es384: .sha384
        case .rs512, .es512: .sha512
        }
    }
}
