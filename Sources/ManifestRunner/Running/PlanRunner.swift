internal import ContainerExec
internal import CredentialInjector
internal import FoundationEssentials
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
    /// Which run the containers belong to.
    let identity = RunIdentity.current()

    /// Runs the plan and returns the exit status of the first failing phase, or success.
    ///
    /// - Throws: whatever keeps commands from being run.
    func run() async throws -> ExitStatus {
        guard !plan.phases.isEmpty else { return .success }
        let supply = try CredentialSupply(
            credentials,
            environment: context.environment,
            phase: label,
            reporter: reporter
        )
        if supply.settings == nil {
            reporter.say(.info, "no role is configured: running without exchanged credentials")
        }
        let engine = try await connect()
        let clock = ContinuousClock()
        for phase in plan.phases {
            reporter.begin(stage: "\(phase.kind)")
            for notice in phase.notices { reporter.say(.info, notice) }
            let start = clock.now
            let runner = try runner(for: phase, supply, engine)
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

    private func connect() async throws -> Engine? {
        let needsEngine = plan.phases.contains { if case .container = $0.place { true } else { false } }
        guard needsEngine else { return nil }
        let choice: EngineChoice =
            switch engine {
            case .auto, .shell: .automatic
            case .docker: .docker
            case .podman: .podman
            }
        let engine = try await Engine.connect(
            choice,
            environment: context.environment,
            home: context.environment.nonEmpty("HOME")
        )
        reporter.say(.info, "using \(engine.summary)")
        return engine
    }

    private func runner(
        for phase: PlannedPhase,
        _ supply: CredentialSupply,
        _ engine: Engine?
    ) throws -> PhaseRunner {
        let place = try place(of: phase, supply, engine)
        // The caller's or the repository's own variables must not lead an SDK to other credentials than ours.
        let own =
            supply.settings == nil ? phase.variables : phase.variables.filter { !ChildEnvironment.isRemoved($0) }
        let variables = place.variables.merging(own)
        return PhaseRunner(
            phase: phase,
            variables: variables,
            manifestPath: manifestPath,
            reporter: reporter,
            credentials: { try await supply.current(for: place.inherited.merging(variables)) },
            open: place.open
        )
    }

    /// How a phase's shell is opened, what its commands inherit, and what must be set for them besides.
    private struct Place: Sendable {
        let inherited: EnvironmentVariables
        let variables: EnvironmentVariables
        let open: @Sendable () async throws -> PhaseSession
    }

    private func place(of phase: PlannedPhase, _ supply: CredentialSupply, _ engine: Engine?) throws -> Place {
        guard case .container(let image) = phase.place, let engine else {
            let inherited = ChildEnvironment.local(parent: context.environment, settings: supply.settings)
            let local = LocalPhase(phase: phase, environment: inherited, reporter: reporter)
            return Place(inherited: inherited, variables: [:]) {
                reporter.say(.info, "\(phase.kind) runs in the local shell")
                return try local.open()
            }
        }
        var variables = ChildEnvironment.container(parent: context.environment)
        var bundle: [UInt8]?
        if let path = variables.nonEmpty("AWS_CA_BUNDLE") {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw RunFailure(.ioError, "AWS_CA_BUNDLE names \(path), which cannot be read")
            }
            bundle = Array(data)
            variables["AWS_CA_BUNDLE"] = ContainerPhase.bundlePath
        }
        let container = ContainerPhase(
            phase: phase,
            image: image,
            engine: engine,
            identity: identity,
            network: options.network ?? context.environment.nonEmpty("OKTETO_RUN_NETWORK"),
            images: ImageSupply(
                engine: engine,
                logins: RegistryLogins(
                    kind: engine.kind,
                    environment: context.environment,
                    home: context.environment.nonEmpty("HOME")
                ),
                cloudLogin: { host in try await supply.login(forRegistry: host) },
                reporter: reporter
            ),
            reporter: reporter,
            cleanups: cleanups,
            bundle: bundle
        )
        return Place(inherited: [:], variables: variables) { try await container.open(try await container.prepare()) }
    }
}
