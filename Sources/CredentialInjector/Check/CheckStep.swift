/// One step of a check of credentials: what was tried, what came of it, and what to change.
package struct CheckStep: Sendable, Hashable {
    /// What came of it.
    package enum Outcome: String, Sendable, Hashable {
        case passed
        /// It is no reason to fail, but odd.
        case warning
        case failed
        /// It was not possible, because of a step before.
        case skipped
    }

    /// What was tried, in a word.
    package let name: String
    /// What came of it.
    package let outcome: Outcome
    /// The outcome in one line of lower case.
    package let summary: String
    /// What was found out.
    package let facts: [CheckFact]
    /// What is odd, one line each.
    package let notes: [String]
    /// What to change; nil where nothing is to be.
    package let nextStep: String?

    /// Creates a step.
    package init(
        _ name: String,
        _ outcome: Outcome,
        _ summary: String,
        facts: [CheckFact] = [],
        notes: [String] = [],
        nextStep: String? = nil
    ) {
        self.name = name
        self.outcome = outcome
        self.summary = summary
        self.facts = facts
        self.notes = notes
        self.nextStep = nextStep
    }

    /// Creates the step that an error ended.
    package init(_ name: String, _ error: CredentialError, facts: [CheckFact] = []) {
        self.init(
            name,
            .failed,
            error.message,
            facts: facts,
            // The facts say the same as the error's details.
            notes: facts.isEmpty ? error.details : [],
            nextStep: error.nextStep
        )
    }
}
