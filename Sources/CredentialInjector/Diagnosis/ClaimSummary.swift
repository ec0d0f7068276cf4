internal import FoundationEssentials

/// The claims of a token that tell why a role refuses it; never the token, nor its other claims.
package enum ClaimSummary {
    /// Returns one line each for issuer, audience, subject, end and signature.
    package static func lines(of token: IdentityToken) -> [String] {
        let claims = token.claims
        var lines = [
            "token iss: " + show(claims.issuer),
            "token aud: " + (claims.audiences.isEmpty ? "(none)" : claims.audiences.map(show).joined(separator: ", ")),
            "token sub: " + show(claims.subject),
        ]
        if let party = claims.authorizedParty { lines.append("token azp: " + show(party)) }
        lines.append("token exp: " + (claims.expiration.map(time) ?? "(none)"))
        lines.append("token alg, kid: " + show(token.header.alg) + ", " + show(token.header.kid))
        return lines
    }

    private static func show(_ text: String?) -> String {
        text.map { DisplayText.clean($0, limit: 300) } ?? "(none)"
    }

    private static func time(_ seconds: Double) -> String {
        guard abs(seconds) < 1e11 else { return "(no time)" }
        return ServiceTime.text(Date(timeIntervalSince1970: seconds))
    }
}
