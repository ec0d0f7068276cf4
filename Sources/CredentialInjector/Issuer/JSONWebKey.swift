/// A public key as an issuer publishes it (RFC 7517, RFC 7518 §6).
struct JSONWebKey: Sendable, Hashable, Decodable {
    /// `RSA` or `EC`; other types are not for tokens that AWS takes.
    let kty: String
    /// The key's identifier.
    let kid: String?
    /// What it is for: `sig`, or nil.
    let use: String?
    /// The one algorithm that it is for, or nil.
    let alg: String?
    /// The modulus and the exponent of an RSA key.
    let n: String?
    let e: String?
    /// The curve and the coordinates of an elliptic key.
    let crv: String?
    let x: String?
    let y: String?

    /// Returns whether a signature of that algorithm may be this key's.
    func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        kty == algorithm.keyType && (use == nil || use == "sig") && (alg == nil || alg == algorithm.rawValue)
            && (algorithm.curve == nil || crv == algorithm.curve?.rawValue)
    }

    /// The number of bits of an RSA modulus; nil for other keys.
    var modulusBits: Int? {
        guard kty == "RSA", let modulus = n.flatMap({ Base64URL.decode(Array($0.utf8)) }) else { return nil }
        let significant = modulus.drop { $0 == 0 }
        guard let first = significant.first else { return 0 }
        return significant.count * 8 - first.leadingZeroBitCount
    }

    /// The key as a SubjectPublicKeyInfo in DER (RFC 3279 §2.3.1, RFC 5480 §2), or nil when a part is missing or none.
    var publicKeyInfo: [UInt8]? {
        switch kty {
        case "RSA":
            guard let modulus = Self.decode(n), let exponent = Self.decode(e) else { return nil }
            let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
            return DER.sequence(
                DER.sequence(DER.objectIdentifier(rsaEncryption), DER.null),
                DER.bitString(DER.sequence(DER.integer(modulus), DER.integer(exponent)))
            )
        case "EC":
            guard let curve = crv.flatMap(EllipticCurve.init), let x = Self.decode(x), let y = Self.decode(y),
                x.count == curve.coordinateBytes, y.count == curve.coordinateBytes
            else { return nil }
            let publicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
            return DER.sequence(
                DER.sequence(DER.objectIdentifier(publicKey), DER.objectIdentifier(curve.objectIdentifier)),
                // 4 says that both coordinates follow.
                DER.bitString([4] + x + y)
            )
        default: return nil
        }
    }

    private static func decode(_ text: String?) -> [UInt8]? {
        guard let text, !text.isEmpty, text.utf8.count <= 4096 else { return nil }
        return Base64URL.decode(Array(text.utf8))
    }
}
