package import FoundationEssentials

/// What can be said of a token before STS sees it: diagnosis, not security.
package enum TokenCheck {
    /// The algorithms that STS verifies.
    private static let algorithms: Set<String> = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
    /// How far this machine's clock may be off, in seconds.
    static let leeway = 300.0

    /// Checks a token at the time `now` and returns what is odd about it, in words.
    ///
    /// - Throws: ``CredentialError`` when STS would refuse it for certain, or it is not the one that is expected.
    package static func check(
        _ token: IdentityToken,
        expecting expectation: TokenExpectation,
        now: Date
    ) throws(CredentialError) -> [String] {
        try checkForm(token)
        try checkExpectation(token, expectation)
        let now = now.timeIntervalSince1970
        if let expiration = token.claims.expiration, expiration + leeway < now {
            throw CredentialError(
                .expiredToken,
                "the identity token expired \(seconds(now - expiration)) ago",
                details: ClaimSummary.lines(of: token),
                nextStep: "give a fresh token; where it comes from a file, see that the file is still being renewed"
            )
        }
        return warnings(token.claims, header: token.header, now: now)
    }

    private static func checkForm(_ token: IdentityToken) throws(CredentialError) {
        let algorithm = token.header.alg ?? ""
        guard algorithms.contains(algorithm) else {
            throw CredentialError(
                .token,
                "the identity token is signed with '\(DisplayText.clean(algorithm, limit: 40))', which STS does not take",
                details: ClaimSummary.lines(of: token),
                nextStep: "have the provider sign with RS256, RS384, RS512, ES256, ES384 or ES512"
            )
        }
        let claims = token.claims
        if claims.issuer == "kubernetes/serviceaccount" {
            throw CredentialError(
                .token,
                "the identity token is a legacy Kubernetes service account token, which has no audience and no end",
                details: ClaimSummary.lines(of: token),
                nextStep: "use a projected token, as of 'kubectl create token NAME --audience AUDIENCE'"
            )
        }
        var missing: [String] = []
        if claims.issuer?.isEmpty ?? true { missing.append("iss") }
        if claims.subject?.isEmpty ?? true { missing.append("sub") }
        if claims.audiences.isEmpty { missing.append("aud") }
        if claims.expiration == nil { missing.append("exp") }
        guard missing.isEmpty else {
            throw CredentialError(
                .token,
                "the identity token lacks what STS requires: \(missing.joined(separator: ", "))",
                details: ClaimSummary.lines(of: token),
                nextStep: "check that it is an OIDC identity token, and not an access token"
            )
        }
    }

    private static func checkExpectation(
        _ token: IdentityToken,
        _ expectation: TokenExpectation
    ) throws(CredentialError) {
        if let expected = expectation.audience, !token.claims.isFor(expected.value) {
            throw mismatch("audience", token.claims.audiences, expected, token)
        }
        if let expected = expectation.issuer, token.claims.issuer != expected.value {
            throw mismatch("issuer", [token.claims.issuer ?? ""], expected, token)
        }
        if let expected = expectation.subject, token.claims.subject != expected.value {
            throw mismatch("subject", [token.claims.subject ?? ""], expected, token)
        }
    }

    private static func mismatch(
        _ claim: String,
        _ found: [String],
        _ expected: Setting<String>,
        _ token: IdentityToken
    ) -> CredentialError {
        let found = found.map { "'\(DisplayText.clean($0, limit: 200))'" }.joined(separator: ", ")
        return CredentialError(
            .audience,
            "the identity token has \(claim) \(found), but '\(DisplayText.clean(expected.value, limit: 200))' is "
                + "expected (\(expected.origin)); it was not sent",
            details: ClaimSummary.lines(of: token),
            nextStep: "request the token for the expected \(claim), or change the setting to the token's"
        )
    }

    private static func warnings(_ claims: TokenClaims, header: TokenHeader, now: Double) -> [String] {
        var result: [String] = []
        if let issuer = claims.issuer, !issuer.hasPrefix("https://") {
            result.append("the token's issuer is not an https URL, which AWS requires")
        }
        if let expiration = claims.expiration, expiration - now < 60 {
            result.append(
                expiration < now
                    ? "the token expired \(seconds(now - expiration)) ago by this machine's clock"
                    : "the token expires in \(seconds(expiration - now))"
            )
        }
        if let notBefore = claims.notBefore, notBefore > now {
            result.append("the token is not valid before \(seconds(notBefore - now)) from now by this machine's clock")
        }
        let times = [claims.expiration, claims.notBefore, claims.issuedAt].compactMap { $0 }
        if times.contains(where: { $0 != $0.rounded() }) {
            result.append("the token has a time that is not a whole number of seconds, which AWS refuses")
        }
        if header.kid == nil { result.append("the token does not name its signing key (kid)") }
        return result
    }

    private static func seconds(_ value: Double) -> String {
        "\(Int(min(max(value, 0), 1e12))) s"
    }
}
