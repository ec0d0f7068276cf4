internal import ContainerExec
internal import CredentialInjector
internal import FoundationEssentials
internal import ProcessEnvironment

/// Runs the phases of a plan.
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

    /// Runs the plan and returns the exit status of the first phase, in its order, that failed, or success.
    ///
    /// - Throws: whatever keeps commands from being run.
    func run() async throws -> ExitStatus {
        reporter.record(.planned(plan.phases.map { $0.outline(manifestPath: manifestPath) }))
        if plan.isParallel { reporter.arrange(plan.phases.map(\.kind)) }
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
        let state = plan.needsState ? try await openState() : nil
        let factory = PhaseFactory(
            options: options,
            engine: engine,
            identity: identity,
            context: context,
            manifestPath: manifestPath,
            cleanups: cleanups,
            supply: supply,
            state: state
        )
        return try await GraphRunner(plan: plan, factory: factory, reporter: reporter).run()
    }

    /// Opens where what one run tells the next is kept; nil, and said, where that cannot be had.
    private func openState() async throws -> PrivateFolder? {
        do {
            return try await DedicatedThread.run { try StateFolder.open(context.environment) }
        } catch let failure as RunFailure {
            reporter.say(.warning, "no test is skipped, and caches are shared: \(failure.message)", hint: failure.hint)
            return nil
        }
    }

    private func connect() async throws -> Engine? {
        guard plan.needsEngine, let choice = engine.choice else { return nil }
        let engine = try await reporter.step(.connect) {
            try await Engine.connect(
                choice,
                environment: context.environment,
                home: context.environment.nonEmpty("HOME")
            )
        }
        reporter.say(.info, "using \(engine.summary)")
        return engine
    }
}
