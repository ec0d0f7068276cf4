/// Makes the steps of a plan, one after the other.
package struct SetupRun: Sendable {
    private let client: IAMClient
    private let onDone: @Sendable (SetupStep) -> Void

    /// Creates a run; `onDone` is told of every step that was made.
    package init(client: IAMClient, onDone: @escaping @Sendable (SetupStep) -> Void) {
        self.client = client
        self.onDone = onDone
    }

    /// Makes the steps.
    ///
    /// It may be broken off at any moment: the next plan begins where this one ended.
    ///
    /// - Throws: ``CredentialError`` that says which steps were made and which were not; when it was broken off, of code
    ///   `cancelled`.
    package func perform(_ steps: [SetupStep]) async throws(CredentialError) {
        for (index, step) in steps.enumerated() {
            let done = Array(steps[..<index])
            guard !Task.isCancelled else {
                throw Self.partial(CredentialError(.cancelled, ""), done: done, left: Array(steps[index...]))
            }
            do {
                try await step.perform(with: client)
            } catch {
                // A request that was broken off may have arrived.
                let isOpen = error.code == .cancelled
                let left = Array(steps[(isOpen ? index + 1 : index)...])
                throw Self.partial(error, done: done, open: isOpen ? step : nil, left: left)
            }
            onDone(step)
        }
    }

    private static func partial(
        _ error: CredentialError,
        done: [SetupStep],
        open: SetupStep? = nil,
        left: [SetupStep]
    ) -> CredentialError {
        let isRace = error.serviceCode == "EntityAlreadyExists"
        let next = isRace ? "it was created a moment ago, by this request or by somebody else" : error.nextStep
        return CredentialError(
            error.code,
            error.code == .cancelled
                ? "broken off after \(done.count) of \(done.count + (open == nil ? 0 : 1) + left.count) steps"
                : error.message,
            details: error.details + done.map { "done: \($0.title)" }
                + (open.map { ["perhaps done: \($0.title)"] } ?? [])
                + left.map { "not done: \($0.title)" },
            nextStep: (next.map { "\($0); then " } ?? "") + "run the same command again: it goes on from here",
            serviceCode: error.serviceCode
        )
    }
}
