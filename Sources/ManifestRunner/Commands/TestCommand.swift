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
    @OptionGroup var platform: PlatformOptions

    @Option(
        name: [.customShort("v"), .customLong("var")],
        help: ArgumentHelp("A variable for the commands and the manifest. Repeatable.", valueName: "name=value")
    )
    var variables: [String] = []

    @Flag(help: "Run the deploy section first; when it fails, no test runs.")
    var deploy = false

    @Flag(help: .hidden)
    var noCache = false

    mutating func validate() throws {
        try OptionVariables.fill(&variables, "var", needsValue: true)
        try OptionVariables.fill(&deploy, "deploy")
    }

    func run() async throws {
        let run = PhaseRun(
            manifest: manifest,
            execution: execution,
            credentials: credentials,
            delivery: delivery,
            output: output,
            logOrder: order.logOrder,
            variables: variables,
            ignoredOptions: platform.given + (noCache ? ["--no-cache"] : [])
        )
        try await run.execute(label: "test") { planner in
            var plan = try planner.planTests(names)
            if deploy { plan = try planner.plan(.deploy, planner.source.manifest.deploy).followed(by: plan) }
            plan.jobs = graph.jobs?.count
            plan.stopsAtFailure = graph.failFast
            return plan
        }
    }
}
