internal import ArgumentParser
internal import ManifestModel

/// `okteto-run destroy`.
struct DestroyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Run the commands of the manifest's destroy section.",
        discussion: """
            Examples:
              okteto-run destroy
              okteto-run destroy --force-destroy
            """
    )

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup(title: "Running") var execution: ExecutionOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup
    @OptionGroup(title: "Credentials") var delivery: CredentialDelivery
    @OptionGroup var output: OutputOptions
    @OptionGroup var reports: ReportOptions
    @OptionGroup var platform: PlatformOptions

    @Option(
        name: .customLong("var"),
        help: ArgumentHelp("A variable for the commands and the manifest. Repeatable.", valueName: "name=value")
    )
    var variables: [String] = []

    @Flag(help: "Go on after a command that fails; the exit status is the last failing one's.")
    var forceDestroy = false

    @Flag(name: .shortAndLong, help: .hidden)
    var volumes = false

    @Flag(help: .hidden)
    var all = false

    mutating func validate() throws {
        try OptionVariables.fill(&variables, "var", needsValue: true)
        try OptionVariables.fill(&forceDestroy, "force-destroy")
    }

    func run() async throws {
        let run = PhaseRun(
            manifest: manifest,
            execution: execution,
            credentials: credentials,
            delivery: delivery,
            output: output,
            variables: variables,
            ignoredOptions: platform.given + (volumes ? ["--volumes"] : []) + (all ? ["--all"] : []),
            reports: reports
        )
        try await run.execute(label: "destroy") { planner in
            try planner.plan(.destroy, planner.source.manifest.destroy, continuesAfterFailure: forceDestroy)
        }
    }
}
