internal import ArgumentParser
internal import ManifestModel

/// `okteto-run deploy`.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Run the commands of the manifest's deploy section.",
        discussion: """
            Examples:
              okteto-run deploy
              okteto-run deploy --engine podman --network host
              okteto-run deploy --region us-west-2 --token-file /run/token \\
                --role-arn arn:aws:iam::112233445566:role/okteto-credentials
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
        name: [.customShort("v"), .customLong("var")],
        help: ArgumentHelp("A variable for the commands and the manifest. Repeatable.", valueName: "name=value")
    )
    var variables: [String] = []

    mutating func validate() throws {
        try OptionVariables.fill(&variables, "var", needsValue: true)
    }

    func run() async throws {
        let run = PhaseRun(
            manifest: manifest,
            execution: execution,
            credentials: credentials,
            delivery: delivery,
            output: output,
            variables: variables,
            ignoredOptions: platform.given,
            reports: reports
        )
        try await run.execute(label: "deploy") { planner in
            try planner.plan(.deploy, planner.source.manifest.deploy)
        }
    }
}
