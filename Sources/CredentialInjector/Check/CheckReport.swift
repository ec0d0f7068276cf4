/// What a check of credentials found out.
package struct CheckReport: Sendable {
    /// The steps in their order.
    package let steps: [CheckStep]
    /// Why there are no credentials; nil where they were issued.
    package let failure: CredentialError?

    /// Creates the report of settings that cannot work: nothing else can be tried.
    package init(settings error: CredentialError) {
        let rest = ["token", "issuer", "signature", "exchange", "clock"]
        steps =
            [CheckStep("settings", error)]
            + rest.map { CheckStep($0, .skipped, "not tried: the settings must be right first") }
        failure = error
    }

    /// Creates a report.
    package init(steps: [CheckStep], failure: CredentialError?) {
        self.steps = steps
        self.failure = failure
    }
}
