internal import ArgumentParser

/// How the commands of a phase get their credentials.
struct CredentialDelivery: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How commands get credentials: env, fresh variables for each, or endpoint, for commands that outlive one session.",
            valueName: "env|endpoint"
        )
    )
    var credentialsMode: CredentialsMode?

    @OptionGroup(title: "Credentials") var cache: CredentialCacheOption

    /// The mode, which is env unless another is asked for.
    var mode: CredentialsMode { credentialsMode ?? .env }

    mutating func validate() throws {
        try OptionVariables.fill(&credentialsMode, "credentials-mode")
    }
}
