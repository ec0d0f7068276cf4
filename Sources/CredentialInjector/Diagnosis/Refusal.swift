/// What an error of STS means, and what to change: the table of docs/refusals.md.
struct Refusal: Sendable, Hashable {
    /// What it means, in one line of lower case.
    let meaning: String
    /// What to change.
    let nextStep: String

    init(_ meaning: String, _ nextStep: String) {
        self.meaning = meaning
        self.nextStep = nextStep
    }

    /// Returns what a failure means for an exchange with these settings.
    ///
    /// See the errors of `AssumeRoleWithWebIdentity` in the STS API reference; the messages are those that AWS sends.
    static func of(
        _ failure: STSFailure,
        token: IdentityToken,
        settings: CredentialSettings,
        hasExpired: Bool
    ) -> Refusal {
        let message = failure.message.lowercased()
        switch failure.code {
        case "AccessDenied":
            // Some services say no more than this of an expired token.
            return hasExpired ? expired(settings) : accessDenied(message, token, settings)
        case "InvalidIdentityToken": return invalidToken(message, token, settings)
        case "ExpiredToken":
            return message.contains("too old")
                ? Refusal(
                    "the token was issued too long ago, though it has not ended",
                    "request a new token for each run: AWS takes none that was issued a day or longer ago"
                ) : expired(settings)
        case "IDPCommunicationError":
            return Refusal(
                "AWS could not reach the issuer to get its keys",
                "see that the issuer's discovery document and keys are reachable from the internet within seconds: "
                    + "okteto-run credentials check reads them"
            )
        case "IDPRejectedClaim":
            return Refusal(
                "the identity provider itself rejected the token: it was revoked, or its session ended",
                "request a new token"
            )
        case "MalformedPolicyDocument":
            return Refusal(
                "the session policy is JSON, but no policy",
                "correct the session policy (--session-policy): Version, Statement, Effect, Action, Resource"
            )
        case "PackedPolicyTooLarge":
            return Refusal(
                "session policies and session tags together are larger than STS packs into a session",
                "shorten the session policy, name fewer managed policies, or shorten the session tags in the token"
            )
        case "RegionDisabled":
            return Refusal(
                "STS is not active in region \(settings.region.value) for account \(settings.roleARN.value.account)",
                "activate STS for region \(settings.region.value) in the account, or choose another with --region"
            )
        case "ValidationError", "InvalidParameterValue", "InvalidArgument", "MissingParameter":
            return invalidParameter(message, token, settings)
        case "OptInRequired":
            return Refusal("the account is not signed up for STS there", "activate the account, or use another region")
        case "InvalidAction", "UnknownOperationException", "UnknownOperation", "NotImplemented", "MethodNotAllowed":
            return Refusal(
                "the service at this endpoint does not know AssumeRoleWithWebIdentity, so it is not STS",
                endpointStep
            )
        case "MissingAuthenticationToken", "InvalidClientTokenId", "SignatureDoesNotMatch":
            return Refusal(
                "the service wants a signed request, which an exchange of a token is not, so it is not STS",
                endpointStep
            )
        default:
            return Refusal(
                "this is no error that STS documents for an exchange",
                "compare role, region and session settings with what the account has"
            )
        }
    }

    private static let endpointStep = "check AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL, or unset them"

    private static func expired(_ settings: CredentialSettings) -> Refusal {
        let advice =
            switch settings.tokenSource.value {
            case .file: "see that the file is still being renewed"
            case .environment: "a token in a variable cannot be renewed: set it shortly before the run"
            default: "see that the source makes a new token each time"
            }
        return Refusal("the token's time is over by the clock of STS", "give a fresh token; \(advice)")
    }
}
