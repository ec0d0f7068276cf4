internal import ArgumentParser
internal import ContainerExec
internal import ManifestModel
internal import ProcessEnvironment

/// One invocation of deploy, test or destroy, from options to exit status.
struct PhaseRun: Sendable {
    let manifest: ManifestOptions
    let execution: ExecutionOptions
    let credentials: CredentialOptionGroup
    let delivery: CredentialDelivery
    let output: OutputOptions
    var logOrder: LogOrder?
    let variables: [String]
    let ignoredOptions: [String]
    let reports: ReportOptions
    /// What is told of the run beside its reports.
    var observers: [any RunObserver] = []
    /// Called when everything has ended, before the exit status is told.
    var atEnd: @Sendable (Reporter) async -> Void = { _ in }

    /// Plans and runs.
    ///
    /// - Throws: `ExitCode` with the exit status, unless that is 0.
    func execute(
        label: String,
        monitor: SignalMonitor = SignalMonitor(),
        _ makePlan: (Planner) throws -> ExecutionPlan
    ) async throws {
        let context = RunContext.ofProcess()
        let display = RunDisplay(output.logOutput, logOrder, of: context)
        let reports = RunReports(
            reports.destinations,
            command: label,
            context: context,
            display: display,
            observers: observers
        )
        let reporter = context.makeReporter(display, journal: reports.journal)
        let cleanups = CleanupStack()
        let identity = RunIdentity.current()
        var reaper: Reaper?
        var failure: RunFailure?
        var interrupted: InterruptedCommand?
        var status = ExitStatus.success
        // The values that only the phases' own masks know.
        var masked: [Secret] = []
        do {
            try reports.check(reporter)
            var (plan, manifestPath) = try plan(context, reporter, makePlan)
            for index in plan.phases.indices { plan.phases[index].maskedValues += reports.secrets }
            masked = plan.phases.flatMap(\.maskedValues)
            if execution.dryRun {
                let injected = try InjectedNames(credentials, delivery.mode, context: context, phase: label)
                reporter.conceal(masked)
                return reporter.report(plan.summary(injected))
            }
            let engine = execution.engine ?? .auto
            if plan.needsEngine, let choice = engine.choice {
                reaper = Reaper(identity: identity, engine: choice, environment: context.environment)
            }
            let runner = PlanRunner(
                plan: plan,
                label: label,
                options: execution,
                engine: engine,
                identity: identity,
                reaper: reaper,
                credentials: credentials,
                delivery: delivery,
                context: context,
                manifestPath: manifestPath,
                reporter: reporter,
                cleanups: cleanups
            )
            status = try await monitor.run { number, count in
                let advice = count == 1 ? "once more does nothing, a third time ends okteto-run at once" : "cleaning up"
                reporter.say(.warning, "signal \(number): ending the running command (\(advice))")
            } operation: {
                try await runner.run()
            }
        } catch {
            failure = RunFailure(error)
            interrupted = error as? InterruptedCommand
        }
        // This task is never cancelled, so that what is left can be cleaned up.
        let remains = await cleanups.runAll()
        for error in remains {
            reporter.say(
                .warning,
                "could not clean up: \(error)",
                hint: "when the engine is well again, 'okteto-run prune' removes what is left"
            )
        }
        // What could not be removed now is left to the reaper, which goes on trying for a while.
        if remains.isEmpty { await reaper?.dismiss() }
        if let signal = monitor.signal {
            status = .interrupted(by: signal)
            failure = nil
            reporter.begin(stage: "done")
            let command = interrupted.map { "; \($0.description)" } ?? ""
            reporter.say(.error, "the run was ended by signal \(signal)\(command)", details: status.details)
        } else if let reason = monitor.interruption {
            status = .interrupted
            failure = nil
            reporter.begin(stage: "done")
            reporter.say(.warning, "the run was ended: \(reason)", details: status.details)
        } else if let failure {
            status = failure.status
            reporter.begin(stage: "done")
            reporter.say(.error, failure.message, hint: failure.hint, details: status.details)
        }
        if let lost = reporter.lostOutput {
            if status == .success { status = .ioError }
            reporter.say(.error, lost, details: status.details)
        }
        await atEnd(reporter)
        if status != .success, monitor.signal == nil { reporter.adviseNextStep(manifest.file) }
        reporter.record(.ended(status))
        status = await reports.finish(status, reporter, masking: masked)
        guard status == .success else { throw ExitCode(status.code) }
    }

    private func plan(
        _ context: RunContext,
        _ reporter: Reporter,
        _ makePlan: (Planner) throws -> ExecutionPlan
    ) throws -> (ExecutionPlan, manifestPath: String) {
        reporter.begin(stage: "Load manifest")
        for option in ignoredOptions {
            reporter.say(.warning, "\(option) needs the Okteto platform and has no effect here")
        }
        let source = try ManifestSource.load(manifest, context: context, reporter: reporter)
        var assigned = EnvironmentVariables()
        for text in variables {
            do throws(ManifestModelError) {
                let assignment = try VariableAssignment(argument: text)
                assigned.set(assignment.name, to: assignment.value)
            } catch {
                throw RunFailure(.usage, error.message)
            }
        }
        let planner = Planner(
            source: source,
            options: execution,
            engine: execution.engine ?? .auto,
            context: context,
            repository: GitRepository.find(from: source.location.root),
            fileVariables: FileVariables.load(
                root: source.location.root,
                caller: context.environment,
                reporter: reporter
            ),
            assignedVariables: assigned
        )
        let plan = try makePlan(planner)
        for notice in plan.notices { reporter.say(.info, notice) }
        return (plan, source.location.shownPath)
    }
}
