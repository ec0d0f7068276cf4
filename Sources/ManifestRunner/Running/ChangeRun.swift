internal import CredentialInjector
internal import Synchronization

/// Shows the steps of a plan, asks where that is due, and makes them.
struct ChangeRun: Sendable {
    let options: ChangeOptions
    /// Options of the `aws` program for the commands that are shown.
    let commandOptions: [String]
    /// Makes the steps; nil where they can only be shown.
    let client: IAMClient?
    let reporter: Reporter

    /// Runs the plan; `isRisky` says that it changes what was there before.
    ///
    /// - Throws: ``RunFailure`` when nobody can be asked, or the answer is no; ``CredentialError`` when IAM refuses.
    func execute(
        _ steps: [SetupStep],
        isRisky: Bool,
        outcome: [(String, String)],
        notes: [String],
        summary: (_ done: Int) -> (message: String, hint: String?)
    ) async throws -> ExitStatus {
        guard let client, !options.dryRun else {
            if options.format == .json {
                answer(steps, done: 0, outcome, notes)
            } else if steps.isEmpty {
                reporter.say(.success, "there is nothing to do")
            } else {
                reporter.report(steps.map { $0.commandLine(options: commandOptions) }.joined(separator: "\n"))
            }
            return .success
        }
        if isRisky { try await ask(steps) }
        let count = Mutex(0)
        let run = SetupRun(client: client) { step in
            count.withLock { $0 += 1 }
            reporter.say(.info, "done: \(step.title)")
        }
        do {
            try await run.perform(steps)
        } catch {
            if options.format == .json { answer(steps, done: count.withLock { $0 }, outcome, notes) }
            if error.code == .cancelled {
                // Whoever interrupts a command is told nothing else; but an account was being changed.
                let failure = RunFailure(error)
                reporter.say(.warning, failure.message, hint: failure.hint)
            }
            throw error
        }
        if options.format == .json {
            answer(steps, done: steps.count, outcome, notes)
        } else {
            let (message, hint) = summary(steps.count)
            reporter.say(.success, message, hint: hint)
        }
        return .success
    }

    private func ask(_ steps: [SetupStep]) async throws {
        for step in steps {
            let difference = step.difference
            reporter.say(
                .info,
                "to do: \(step.title)",
                hint: difference.isEmpty ? nil : difference.joined(separator: "\n")
            )
        }
        guard !options.yes else { return }
        guard TerminalQuestion.isPossible else {
            throw RunFailure(
                .usage,
                "this changes what was there before, and there is no terminal to ask on; nothing was changed",
                hint: "look at the changes above, and give --yes"
            )
        }
        reporter.say(.warning, "this changes what was there before. Go on? [y/N]")
        guard try await TerminalQuestion.isAnsweredYes() else {
            throw RunFailure(.usage, "nothing was changed")
        }
    }

    private func answer(_ steps: [SetupStep], done: Int, _ outcome: [(String, String)], _ notes: [String]) {
        let list = steps.enumerated().map { index, step in
            JSONValue.object([
                "step": .string(step.title),
                "command": .string(step.commandLine(options: commandOptions)),
                "done": .bool(index < done),
            ])
        }
        let members = outcome.map { JSONMember($0.0, .string($0.1)) }
        let rest = [JSONMember("steps", .array(list)), JSONMember("notes", .array(notes.map { .string($0) }))]
        reporter.report(JSONValue.object(members + rest).text)
    }
}
