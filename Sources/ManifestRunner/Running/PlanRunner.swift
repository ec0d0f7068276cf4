internal import ContainerExec
internal import ProcessEnvironment

/// Runs the phases of a plan, one after the other.
struct PlanRunner: Sendable {
    let plan: ExecutionPlan
    let label: String
    let options: ExecutionOptions
    let engine: EngineOption
    let credentials: CredentialOptionGroup
    let context: RunContext
    let manifestPath: String
    let reporter: Reporter
    let cleanups: CleanupStack

    /// Runs the plan and returns the exit status of the first failing phase, or success.
    ///
    /// - Throws: whatever keeps commands from being run.
    func run() async throws -> ExitStatus {
        let clock = ContinuousClock()
        for phase in plan.phases {
            reporter.begin(stage: "\(phase.kind)")
            for notice in phase.notices { reporter.say(.info, notice) }
            let start = clock.now
            let runner = PhaseRunner(
                phase: phase,
                manifestPath: manifestPath,
                reporter: reporter,
                credentials: { nil },
                open: { try await open(phase) }
            )
            let status = try await Deadline.run(within: options.timeout?.duration) { try await runner.run() }
            try Task.checkCancellation()
            let time = RunTime.text(clock.now - start)
            reporter.begin(stage: "done")
            guard status == .success else {
                reporter.say(.error, "\(phase.kind) failed after \(time)")
                return status
            }
            reporter.say(.success, "\(phase.kind) succeeded in \(time)")
        }
        return .success
    }

    private func open(_ phase: PlannedPhase) async throws -> PhaseSession {
        switch phase.place {
        case .shell:
            reporter.say(.info, "\(phase.kind) runs in the local shell")
            return try LocalPhase(phase: phase, environment: context.environment, reporter: reporter).open()
        case .container(let image):
            throw RunFailure(.engineFailed, "no engine for \(image) yet")
        }
    }
}
