internal import FoundationEssentials

/// Turns what STS said into what it means and what to do about it.
enum STSDiagnosis {
    /// Returns the error for a failure that is not, or no longer, tried again.
    static func error(
        for failure: STSFailure,
        token: IdentityToken,
        settings: CredentialSettings,
        attempts: Int,
        now: Date
    ) -> CredentialError {
        guard let code = failure.code else { return unreadable(failure, settings: settings, attempts: attempts) }
        let said = failure.message.isEmpty ? code : "\(code): \(failure.message)"
        let times = attempts > 1 ? " after \(attempts) attempts" : ""
        let isTransient = failure.isTransient
        return CredentialError(
            isTransient ? .temporary : failure.wantsFreshToken ? .expiredToken : .refused,
            isTransient
                ? "STS at \(settings.endpoint.value.url) cannot answer now\(times): \(said)"
                : "STS refused to let the token assume \(settings.roleARN.value.text): \(said)",
            details: details(failure, token: token, settings: settings),
            nextStep: isTransient
                ? "try again later" : nextStep(failure, token: token, settings: settings, now: now),
            serviceCode: code
        )
    }

    private static func details(
        _ failure: STSFailure,
        token: IdentityToken,
        settings: CredentialSettings
    ) -> [String] {
        var lines = ClaimSummary.lines(of: token)
        lines.append("role: \(settings.roleARN.value.text) (\(settings.roleARN.origin))")
        if let audience = settings.audience {
            lines.append("expected audience: \(DisplayText.clean(audience.value, limit: 300)) (\(audience.origin))")
        }
        lines.append("endpoint: \(settings.endpoint.value.url)")
        if let identifier = failure.requestID { lines.append("request id: \(identifier)") }
        return lines
    }

    private static func nextStep(
        _ failure: STSFailure,
        token: IdentityToken,
        settings: CredentialSettings,
        now: Date
    ) -> String {
        let message = failure.message.lowercased()
        switch failure.code {
        case "AccessDenied":
            // Some services say no more than this of an expired token.
            if let expiration = token.claims.expiration, expiration <= now.timeIntervalSince1970 {
                return "give a fresh token: this one expired before \(ServiceTime.text(now))"
            }
            return trustPolicy(token, settings)
        case "InvalidIdentityToken" where message.contains("audience"):
            return "add the token's audience to the client ids of the IAM identity provider, or request another one"
        case "InvalidIdentityToken" where message.contains("provider found"):
            return "create an IAM OIDC identity provider for the token's issuer in account "
                + "\(settings.roleARN.value.account), or use a token of an issuer that has one"
        case "InvalidIdentityToken":
            return "check that the token is unchanged, and that the IAM identity provider is for its issuer"
        case "ExpiredToken":
            return "give a fresh token; where it comes from a file, see that the file is still being renewed"
        case "IDPRejectedClaim":
            return "the identity provider rejected the token (revoked, or its session ended): request a new one"
        case "MalformedPolicyDocument": return "correct the session policy (--session-policy)"
        case "PackedPolicyTooLarge": return "shorten the session policy, or the session tags in the token"
        case "RegionDisabled":
            return "activate STS for region \(settings.region.value) in the account, or choose another with --region"
        case "InvalidArgument", "InvalidParameterValue":
            return "compare duration (--duration), session name and session policy with what the service and role allow"
        case "ValidationError" where message.contains("maxsessionduration"):
            return "ask for a shorter session with --duration, or raise the role's maximum session duration"
        default: return "compare role, region and session settings with what the account has"
        }
    }

    private static func trustPolicy(_ token: IdentityToken, _ settings: CredentialSettings) -> String {
        let role = settings.roleARN.value
        let issuer = DisplayText.clean(token.claims.issuer ?? "", limit: 300)
        let host = issuer.hasPrefix("https://") ? String(issuer.dropFirst("https://".count)) : issuer
        let audience = DisplayText.clean(token.claims.authorizedParty ?? token.claims.audiences.first ?? "", limit: 300)
        let subject = DisplayText.clean(token.claims.subject ?? "", limit: 300)
        return "check that the role exists, and that its trust policy allows sts:AssumeRoleWithWebIdentity to the "
            + "federated principal arn:\(role.partition):iam::\(role.account):oidc-provider/\(host) with the conditions "
            + "\(host):aud = \(audience) and \(host):sub = \(subject) (compared with regard to case)"
    }

    /// The body was no error document, so this may not be STS at all.
    private static func unreadable(
        _ failure: STSFailure,
        settings: CredentialSettings,
        attempts: Int
    ) -> CredentialError {
        let url = settings.endpoint.value.url
        let times = attempts > 1 ? " after \(attempts) attempts" : ""
        if failure.isTransient {
            return CredentialError(
                .temporary,
                "STS at \(url) cannot answer now\(times): HTTP status \(failure.status)",
                nextStep: "try again later"
            )
        }
        return CredentialError(
            .response,
            "\(url) answered with HTTP status \(failure.status) and no error document, so it is not STS",
            nextStep: "check AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL, and whether a proxy answers in its place"
        )
    }
}
