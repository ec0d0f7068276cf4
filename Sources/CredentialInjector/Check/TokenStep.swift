internal import FoundationEssentials

/// Checks a token by what it says itself.
enum TokenStep {
    /// Returns the step, and why the token would not be sent, where that is so; `odd` is what its source has noticed.
    static func step(
        of token: IdentityToken,
        from source: String,
        odd: [String],
        expecting expectation: TokenExpectation,
        now: Date
    ) -> (step: CheckStep, refusal: CredentialError?) {
        let facts = ClaimSummary.facts(of: token)
        do {
            let warnings = odd + (try TokenCheck.check(token, expecting: expectation, now: now))
            let outcome: CheckStep.Outcome = warnings.isEmpty ? .passed : .warning
            return (CheckStep("token", outcome, "from the \(source)", facts: facts, notes: warnings), nil)
        } catch {
            return (CheckStep("token", error, facts: facts), error)
        }
    }
}
