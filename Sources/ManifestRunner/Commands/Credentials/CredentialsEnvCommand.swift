internal import ArgumentParser
internal import CredentialInjector
internal import ProcessEnvironment

/// `okteto-run credentials env`.
struct CredentialsEnvCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Print credentials as variables, for a shell to evaluate.",
        discussion: """
            Variables that would win over them are removed (AWS_SECURITY_TOKEN).

            Examples:
              eval "$(okteto-run credentials env)"
              okteto-run credentials env --shell fish | source
              okteto-run credentials env --shell powershell | Out-String | Invoke-Expression
              okteto-run credentials env --format dotenv
            """
    )

    /// What is printed of what commands get; the rest is for phases.
    private static let names: Set<String> = [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_REGION",
        "AWS_DEFAULT_REGION", "AWS_ACCOUNT_ID",
    ]
    /// Older names of the session token, which some tools read first.
    private static let stale = ["AWS_SECURITY_TOKEN", "EC2_SECURITY_TOKEN"]

    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup
    @OptionGroup(title: "Credentials") var cache: CredentialCacheOption

    @Option(help: "The form: shell, dotenv or json. Without it, shell.")
    var format: VariableFormat?

    @Option(help: "Whose commands: sh (also bash and zsh), fish or powershell. Without it, sh.")
    var shell: ShellSyntax?

    mutating func validate() throws {
        try OptionVariables.fill(&format, "format")
        // The variable may be set for other invocations; the option itself would have no effect.
        if shell != nil, let format, format != .shell {
            throw ValidationError("--shell goes with --format shell, and not with \(format.rawValue)")
        }
        try OptionVariables.fill(&shell, "shell")
    }

    func run() async throws {
        let handout = CredentialHandout(options: credentials, cache: cache)
        let (form, syntax) = (format ?? .shell, shell ?? .sh)
        try await AnsweringRun.execute { context, reporter in
            let (credentials, settings) = try await handout.get(context, reporter)
            if context.environment.nonEmpty("AWS_PROFILE") != nil {
                reporter.say(.warning, "AWS_PROFILE is set here, and some tools prefer it to these variables")
            }
            let variables = ChildEnvironment.credentialVariables(
                credentials,
                region: settings.region.value,
                phase: context.environment
            ).filter(Self.names.contains)
            let text =
                switch form {
                case .dotenv: try CredentialDocument.dotenv(variables)
                case .json: CredentialDocument.json(variables)
                case .shell:
                    CredentialDocument.shell(
                        syntax,
                        setting: variables,
                        removing: Self.stale.filter { context.environment[$0] != nil }
                    )
                }
            // Not masked: this is what they are printed for.
            reporter.answer(text.reveal())
            return .success
        }
    }
}
