/// Makes the steps of a plan, one after the other.
package struct SetupRun: Sendable {
    private let client: IAMClient
    private let onDone: @Sendable (SetupStep) -> Void

    /// Creates a run; `onDone` is told of every step that was made.
    package init(client: IAMClient, onDone: @escaping @Sendable (SetupStep) -> Void) {
        self.client = client
        self.onDone = onDone
    }

    /// Makes the steps. It may be broken off between any two of them: the next plan begins where this one ended.
    ///
    /// - Throws: ``CredentialError`` that says which steps were made and which were not.
    package func perform(_ steps: [SetupStep]) async throws(CredentialError) {
        for (index, step) in steps.enumerated() {
            guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
            do {
                try await step.perform(with: client)
            } catch {
                throw Self.partial(error, done: Array(steps[..<index]), left: Array(steps[index...]))
            }
            onDone(step)
        }
    }

    private static func partial(
        _ error: CredentialError,
        done: [SetupStep],
        left: [SetupStep]
    ) -> CredentialError {
        let isRace = error.serviceCode == "EntityAlreadyExists"
        let next = isRace ? "it was created a moment ago, by this request or by somebody else" : error.nextStep
        return CredentialError(
            error.code,
            error.message,
            details: error.details + done.map { "done: \($0.title)" } + left.map { "not done: \($0.title)" },
            nextStep: (next.map { "\($0); then " } ?? "") + "run the same command again: it goes on from here",
            serviceCode: error.serviceCode
        )
    }
}
