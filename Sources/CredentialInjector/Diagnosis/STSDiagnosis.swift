internal import FoundationEssentials

/// Turns what STS said into what it means and what to do about it.
enum STSDiagnosis {
    /// Returns the error for a failure that is not, or no longer, tried again.
    ///
    /// `serverTime` is the time that the answer tells, `now` that of this machine.
    static func error(
        for failure: STSFailure,
        token: IdentityToken,
        settings: CredentialSettings,
        attempts: Int,
        now: Date,
        serverTime: Date? = nil
    ) -> CredentialError {
        guard let code = failure.code else { return unreadable(failure, settings: settings, attempts: attempts) }
        let said = failure.message.isEmpty ? code : "\(code): \(failure.message)"
        let times = attempts > 1 ? " after \(attempts) attempts" : ""
        let isTransient = failure.isTransient
        let hasExpired = token.claims.expiration.map { $0 <= (serverTime ?? now).timeIntervalSince1970 } ?? false
        let refusal = Refusal.of(failure, token: token, settings: settings, hasExpired: hasExpired)
        let isOfIssuer = code == "IDPCommunicationError" || code == "InvalidIdentityToken"
        let nextStep = isTransient && !isOfIssuer ? "try again later" : refusal.nextStep
        var details = details(failure, token: token, settings: settings)
        if !isTransient || isOfIssuer { details.insert("it means: \(refusal.meaning)", at: 0) }
        if let clock = clock(now, serverTime) { details.append(clock) }
        return CredentialError(
            isTransient ? .temporary : failure.wantsFreshToken ? .expiredToken : .refused,
            isTransient
                ? "STS at \(settings.endpoint.value.url) cannot answer now\(times): \(said)"
                : "STS refused to let the token assume \(settings.roleARN.value.text): \(said)",
            details: details,
            nextStep: hasExpired && code == "AccessDenied"
                ? "\(nextStep): this one expired before \(ServiceTime.text(serverTime ?? now))" : nextStep,
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
        lines.append("provider that the role's account must have: \(Refusal.provider(of: token, settings))")
        if let audience = settings.audience {
            lines.append("expected audience: \(DisplayText.clean(audience.value, limit: 300)) (\(audience.origin))")
        }
        lines.append("endpoint: \(settings.endpoint.value.url) (\(settings.endpoint.origin))")
        if let identifier = failure.requestID { lines.append("request id: \(identifier)") }
        return lines
    }

    /// What is to be told of a clock that is off: it may be the cause.
    private static func clock(_ now: Date, _ serverTime: Date?) -> String? {
        guard let serverTime else { return nil }
        let offset = min(max(now.timeIntervalSince(serverTime), -1e9), 1e9)
        guard abs(offset) > 60 else { return nil }
        return "clock: this machine is \(Int(abs(offset))) s \(offset > 0 ? "ahead of" : "behind") STS"
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
