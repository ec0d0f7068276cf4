internal import ArgumentParser
internal import ManifestModel

/// `okteto-run test`.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the manifest's tests, or the named ones and what they depend on.",
        discussion: """
            Examples:
              okteto-run test
              okteto-run test unit integration --timeout 10m
              okteto-run test --jobs 8 --fail-fast
              okteto-run test --failed
              okteto-run test unit --watch
            """
    )

    @Argument(
        help: "The tests to run, with what they depend on. Without a name, all.",
        completion: .custom { words, _, _ in Completion.tests(words) }
    )
    var names: [String] = []

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup(title: "Running") var execution: ExecutionOptions
    @OptionGroup(title: "Running") var graph: GraphOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup
    @OptionGroup(title: "Credentials") var delivery: CredentialDelivery
    @OptionGroup var output: OutputOptions
    @OptionGroup var order: LogOrderOption
    @OptionGroup var reports: ReportOptions
    @OptionGroup var platform: PlatformOptions

    @Option(
        name: [.customShort("v"), .customLong("var")],
        help: ArgumentHelp("A variable for the commands and the manifest. Repeatable.", valueName: "name=value")
    )
    var variables: [String] = []

    @Flag(help: "Run the deploy section first; when it fails, no test runs.")
    var deploy = false

    @Flag(help: "Give the tests empty caches, and skip none because nothing has changed.")
    var noCache = false

    @Flag(help: "Run what did not succeed last time, with what that depends on.")
    var failed = false

    @Flag(help: "Run again what changes concern, until Ctrl-C.")
    var watch = false

    mutating func validate() throws {
        try OptionVariables.fill(&variables, "var", needsValue: true)
        try OptionVariables.fill(&deploy, "deploy")
        try OptionVariables.fill(&noCache, "no-cache")
        try OptionVariables.fill(&failed, "failed")
        try OptionVariables.fill(&watch, "watch")
        guard !failed || names.allSatisfy(\.isEmpty) else {
            throw ValidationError("--failed runs what did not succeed last time, and takes no names of tests")
        }
        guard !watch || !execution.dryRun else { throw ValidationError("--watch and --dry-run do not go together") }
        guard !watch || !failed else {
            throw ValidationError("--watch runs again what changes concern, and does not go together with --failed")
        }
    }

    func run() async throws {
        let context = RunContext.ofProcess()
        guard watch else {
            return try await run(TestHistory(context.environment), observers: [], monitor: SignalMonitor()) { plan, _ in
                plan
            }
        }
        let reporter = context.makeReporter(output.logOutput)
        let changes = ChangeGathering()
        let session = WatchSession(context.environment, changes: changes, reporter: reporter)
        let progress = TestProgress()
        let watch = WatchRun(session: session, changes: changes, progress: progress, reporter: reporter) { monitor in
            let history = TestHistory(context.environment)
            try await run(history, observers: [progress], monitor: monitor) { plan, source in
                try session.limit(plan, source)
            }
        }
        try await watch.execute()
    }

    /// Runs the tests once; `limit` takes in the plan of all that are selected, and returns what is to run of it.
    private func run(
        _ history: TestHistory,
        observers: [any RunObserver],
        monitor: SignalMonitor,
        _ limit: (ExecutionPlan, ManifestSource) throws -> ExecutionPlan
    ) async throws {
        let run = PhaseRun(
            manifest: manifest,
            execution: execution,
            credentials: credentials,
            delivery: delivery,
            output: output,
            logOrder: order.logOrder,
            variables: variables,
            ignoredOptions: platform.given,
            reports: reports,
            observers: [history] + observers,
            atEnd: { await Self.save(history, $0) }
        )
        try await run.execute(label: "test", monitor: monitor) { planner in
            var planner = planner
            planner.keepsCaches = !noCache
            let selection = TestSelection(names: names, onlyFailed: failed, history: history)
            var plan = try selection.plan(planner)
            if deploy, !plan.phases.isEmpty {
                plan = try planner.plan(.deploy, planner.source.manifest.deploy).followed(by: plan)
            }
            plan.jobs = graph.jobs?.count
            plan.stopsAtFailure = graph.failFast
            return try limit(plan, planner.source)
        }
    }

    /// Keeps how the tests ended for `--failed`, which is no reason to fail.
    private static func save(_ history: TestHistory, _ reporter: Reporter) async {
        do {
            try await history.save()
        } catch {
            let failure = RunFailure(error)
            reporter.say(
                .warning,
                "how the tests ended is not kept for --failed: \(failure.message)",
                hint: failure.hint
            )
        }
    }
}
