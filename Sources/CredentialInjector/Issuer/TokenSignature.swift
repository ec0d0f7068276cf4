internal import ProcessEnvironment

/// Verifies the signature of a token (RFC 7515 §5.2).
enum TokenSignature {
    /// Returns whether the token's signature is that of `key`.
    static func verify(_ token: IdentityToken, _ algorithm: SignatureAlgorithm, _ key: JSONWebKey) -> Bool {
        let bytes = token.secret.bytes
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")),
            let signature = Base64URL.decode(bytes[bytes.index(after: dot)...]),
            let encoded = encode(signature, algorithm),
            let info = key.publicKeyInfo, let publicKey = PublicKey(subjectPublicKeyInfo: info)
        else { return false }
        return publicKey.verifies(encoded, of: Array(bytes[..<dot]), by: algorithm.digest)
    }

    /// Returns a signature as libcrypto takes it: a JWS has the two numbers of an elliptic one side by side, in full length.
    private static func encode(_ signature: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8]? {
        guard let curve = algorithm.curve else { return signature }
        guard signature.count == 2 * curve.coordinateBytes else { return nil }
        return DER.sequence(
            DER.integer(signature[..<curve.coordinateBytes]),
            DER.integer(signature[curve.coordinateBytes...])
        )
    }
}
