internal import ContainerExec
internal import CredentialInjector
internal import ProcessEnvironment

/// The container engines, and which of them a run would take.
struct EngineExamination: Sendable {
    let choice: EngineOption
    let environment: EnvironmentVariables

    /// Returns what every place answered; that there is no engine is in a run's way where a phase needs one.
    ///
    /// - Throws: an error of cancellation alone.
    func run(isNeeded: Bool) async throws -> Finding {
        guard let choice = choice.choice else {
            return Finding(CheckStep("engine", .skipped, "all phases run in the local shell (--engine shell)"))
        }
        let home = environment.nonEmpty("HOME")
        let isInTheWay = isNeeded || choice != .automatic
        do {
            let sightings = try await Engine.survey(environment: environment, home: home)
            let facts = sightings.filter { !$0.isAbsent }.map { sighting in
                CheckFact(sighting.place, sighting.finding, origin: sighting.reason)
            }
            let absent = sightings.filter(\.isAbsent).map(\.place)
            let notes = absent.isEmpty ? [] : ["nothing at \(absent.joined(separator: ", "))"]
            do {
                let engine = try await Engine.connect(choice, environment: environment, home: home)
                return Finding(
                    CheckStep("engine", .passed, "a run would take \(engine.summary)", facts: facts, notes: notes)
                )
            } catch {
                return try failure(error, isInTheWay: isInTheWay, facts: facts, notes: notes)
            }
        } catch let error as ContainerExecError {
            return try failure(error, isInTheWay: isInTheWay, facts: [], notes: [])
        }
    }

    private func failure(
        _ error: ContainerExecError,
        isInTheWay: Bool,
        facts: [CheckFact],
        notes: [String]
    ) throws -> Finding {
        guard error.code != .cancelled else { throw error }
        // The places are listed already.
        let message = error.message.prefix { $0 != "\n" }.split(separator: "; asked").first.map(String.init)
        let step = CheckStep(
            "engine",
            isInTheWay ? .failed : .warning,
            message ?? error.message,
            facts: facts,
            notes: notes,
            nextStep: error.hint
        )
        return Finding(step, status: isInTheWay ? .engineFailed : nil)
    }
}
