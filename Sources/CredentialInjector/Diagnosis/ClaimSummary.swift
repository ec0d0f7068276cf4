internal import FoundationEssentials

/// The claims of a token that tell why a role refuses it; never the token, nor the values of its other claims.
package enum ClaimSummary {
    /// The claims of which the values are shown.
    private static let shownClaims: Set<String> = ["iss", "aud", "sub", "azp", "exp", "nbf", "iat", "amr"]

    /// Returns one line each for issuer, audience, subject, times and signature.
    package static func lines(of token: IdentityToken) -> [String] {
        facts(of: token).map { "token \($0.name): \($0.value)" }
    }

    /// Returns the claims, the header, and the names alone of further claims, which may be about a person.
    static func facts(of token: IdentityToken) -> [CheckFact] {
        let claims = token.claims
        var facts = [
            CheckFact("iss", show(claims.issuer)),
            CheckFact(
                "aud",
                claims.audiences.isEmpty ? "(none)" : claims.audiences.map(show).joined(separator: ", ")
            ),
            CheckFact("sub", show(claims.subject)),
        ]
        if let party = claims.authorizedParty { facts.append(CheckFact("azp", show(party))) }
        facts.append(CheckFact("exp", claims.expiration.map(time) ?? "(none)"))
        if let notBefore = claims.notBefore { facts.append(CheckFact("nbf", time(notBefore))) }
        if let issuedAt = claims.issuedAt { facts.append(CheckFact("iat", time(issuedAt))) }
        facts.append(CheckFact("alg, kid", show(token.header.alg) + ", " + show(token.header.kid)))
        let others = (try? token.payload())?.members?.map(\.name).filter { !shownClaims.contains($0) } ?? []
        if !others.isEmpty { facts.append(CheckFact("other claims", others.map(show).joined(separator: ", "))) }
        return facts
    }

    private static func show(_ text: String?) -> String {
        text.map { DisplayText.clean($0, limit: 300) } ?? "(none)"
    }

    private static func time(_ seconds: Double) -> String {
        guard abs(seconds) < 1e11 else { return "(no time)" }
        return ServiceTime.text(Date(timeIntervalSince1970: seconds))
    }
}
