/// Chooses the key of a set with which a token is verified.
enum KeyChoice {
    /// What the choice came to.
    enum Result: Sendable, Hashable {
        /// The token is signed with this key.
        case verified(JSONWebKey)
        /// Why no key verifies it, as a clause, and what to do.
        case failed(reason: String, nextStep: String)
    }

    /// Verifies a token with the key that its header names; where it names none, with any that fits.
    static func verify(_ token: IdentityToken, with set: JSONWebKeySet) -> Result {
        guard let algorithm = token.header.alg.flatMap(SignatureAlgorithm.init) else {
            return .failed(
                reason: "its algorithm '\(shown(token.header.alg ?? ""))' is none that AWS verifies",
                nextStep: "have the provider sign with RS256, RS384, RS512, ES256, ES384 or ES512"
            )
        }
        let named = set.keys.filter { token.header.kid == nil || $0.kid == token.header.kid }
        if named.isEmpty, let kid = token.header.kid {
            let known = set.keys.map { $0.kid.map(shown) ?? "(none)" }.joined(separator: ", ")
            return .failed(
                reason: "its key '\(shown(kid))' is not among those that the issuer publishes (\(known))",
                nextStep:
                    "request a new token: the issuer has changed its keys since, or the token is of another issuer "
                    + "that uses the same URL"
            )
        }
        let fitting = named.filter { $0.fits(algorithm) }
        if fitting.isEmpty {
            return .failed(
                reason: "no published key of that name is for \(algorithm.rawValue)",
                nextStep: "correct kty, use, alg or crv in the issuer's key set"
            )
        }
        if let key = fitting.first(where: { TokenSignature.verify(token, algorithm, $0) }) { return .verified(key) }
        if fitting.allSatisfy({ $0.publicKeyInfo == nil }) {
            return .failed(
                reason: "the published key has no readable n and e, or x and y",
                nextStep: "correct the issuer's key set: AWS reads n and e, or crv, x and y"
            )
        }
        return .failed(
            reason: "the signature does not belong to the issuer's key",
            nextStep: "see that the token is unchanged, and that it comes from the issuer whose URL it names"
        )
    }

    private static func shown(_ text: String) -> String { DisplayText.clean(text, limit: 80) }
}
