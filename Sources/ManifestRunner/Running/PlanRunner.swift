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
    /// Which run the containers belong to.
    let identity: RunIdentity
    /// What removes them should this process be killed; nil when there are none.
    let reaper: Reaper?
    let credentials: CredentialOptionGroup
    let delivery: CredentialDelivery
    let context: RunContext
    let manifestPath: String
    let reporter: Reporter
    let cleanups: CleanupStack

    /// Runs the plan and returns the exit status of the first failing phase, or success.
    ///
    /// - Throws: whatever keeps commands from being run.
    func run() async throws -> ExitStatus {
        guard !plan.phases.isEmpty else { return .success }
        let supply = try CredentialSupply(
            credentials,
            delivery,
            environment: context.environment,
            phase: label,
            reporter: reporter
        )
        if supply.settings == nil {
            reporter.say(.info, "no role is configured: running without exchanged credentials")
        }
        if supply.settings != nil, delivery.mode == .endpoint {
            try EndpointReach.check(plan.phases, network: options.network, engine: engine)
        }
        async let _ = supply.keep()
        async let guarding: Void? = reaper?.start()
        let engine = try await connect()
        _ = try await guarding
        var prepared: Preparation?
        for (index, phase) in plan.phases.enumerated() {
            // While this phase's commands run, the next one's container is made: idle, and without credentials.
            let (readiness, signal) = AsyncStream.makeStream(of: Void.self)
            let following = index + 1 < plan.phases.count ? plan.phases[index + 1] : nil
            async let next = prepare(following, supply, engine, after: readiness)
            let ready = prepared
            let status = try await run(phase, supply, engine, ready) { signal.finish() }
            signal.finish()
            guard status == .success else { return status }
            prepared = await next
        }
        return .success
    }

    /// Runs one phase, says how it went, and returns the exit status of its first failing command, or success.
    private func run(
        _ phase: PlannedPhase,
        _ supply: CredentialSupply,
        _ engine: Engine?,
        _ prepared: Preparation?,
        onReady: @escaping @Sendable () -> Void
    ) async throws -> ExitStatus {
        reporter.begin(stage: "\(phase.kind)")
        for notice in phase.notices { reporter.say(.info, notice) }
        let clock = ContinuousClock()
        let start = clock.now
        let limit = options.timeout?.duration
        let masks = SecretRelay()
        let status = try await supply.serving(onHandOut: masks.tell) { endpoint in
            let runner = try runner(for: phase, supply, endpoint, masks, engine, prepared, onReady: onReady)
            return try await Deadline.run(within: limit) { try await runner.run() }
        }
        try Task.checkCancellation()
        // The shell's own watch has ended the command, because okteto-run was stopped when the time was over.
        if status != .success, let limit, clock.now - start >= limit { throw Deadline.Passed() }
        let time = RunTime.text(clock.now - start)
        reporter.begin(stage: "done")
        if status == .success {
            reporter.say(.success, "\(phase.kind) succeeded in \(time)")
        } else {
            reporter.say(.error, "\(phase.kind) failed after \(time)")
        }
        return status
    }

    /// What came of preparing a phase ahead; an error counts when the phase's turn comes.
    private typealias Preparation = Result<PreparedContainer, any Error>

    /// Prepares the container of a phase ahead, once `readiness` has ended; nil for one that has none.
    private func prepare(
        _ phase: PlannedPhase?,
        _ supply: CredentialSupply,
        _ engine: Engine?,
        after readiness: AsyncStream<Void>
    ) async -> Preparation? {
        for await _ in readiness {}
        guard let phase, !Task.isCancelled else { return nil }
        do {
            return try await place(of: phase, supply, engine).prepare().map { .success($0) }
        } catch {
            return .failure(error)
        }
    }

    private func connect() async throws -> Engine? {
        guard plan.needsEngine, let choice = engine.choice else { return nil }
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
        _ endpoint: CredentialEndpoint?,
        _ masks: SecretRelay,
        _ engine: Engine?,
        _ prepared: Preparation?,
        onReady: @escaping @Sendable () -> Void
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
            credentials: { try await supply.current(for: place.inherited.merging(variables), from: endpoint) },
            limit: options.timeout?.duration,
            open: {
                let session = try await place.open(prepared)
                masks.attach { session.shell.mask($0) }
                if let endpoint, place.isContainer {
                    try await EndpointReach(endpoint: endpoint, place: session.place).verify(in: session)
                }
                onReady()
                return session
            }
        )
    }

    /// How a phase's shell is opened, what its commands inherit, and what must be set for them besides.
    private struct Place: Sendable {
        let isContainer: Bool
        let inherited: EnvironmentVariables
        let variables: EnvironmentVariables
        /// Makes what can be made ahead of the phase's turn; nil where that is nothing.
        let prepare: @Sendable () async throws -> PreparedContainer?
        let open: @Sendable (_ prepared: Preparation?) async throws -> PhaseSession
    }

    private func place(of phase: PlannedPhase, _ supply: CredentialSupply, _ engine: Engine?) throws -> Place {
        guard case .container(let image) = phase.place, let engine else {
            let inherited = ChildEnvironment.local(parent: context.environment, settings: supply.settings)
            let local = LocalPhase(phase: phase, environment: inherited, reporter: reporter)
            return Place(
                isContainer: false,
                inherited: inherited,
                variables: [:],
                prepare: { nil },
                open: { _ in
                    reporter.say(.info, "\(phase.kind) runs in the local shell")
                    return try local.open()
                }
            )
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
            network: options.network,
            memory: options.memory?.bytes,
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
        return Place(
            isContainer: true,
            inherited: [:],
            variables: variables,
            prepare: { try await container.prepare() },
            open: { prepared in
                if let prepared { return try await container.open(try prepared.get()) }
                return try await container.open()
            }
        )
    }
}
