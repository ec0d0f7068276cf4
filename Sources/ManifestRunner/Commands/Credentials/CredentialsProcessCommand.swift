internal import ArgumentParser
internal import CredentialInjector
internal import ProcessEnvironment

/// `okteto-run credentials process`.
struct CredentialsProcessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Print credentials as the credential_process of an AWS profile does.",
        discussion: """
            The AWS tools run it when they need credentials, and again before those expire. They keep nothing from one \
            program to the next: --credentials-cache does.

            Examples:
              okteto-run credentials process --token-file /run/token --region us-east-2 \\
                --role-arn arn:aws:iam::112233445566:role/okteto-credentials

              # ~/.aws/config
              [profile okteto]
              credential_process = okteto-run credentials process --credentials-cache
            """
    )

    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup
    @OptionGroup(title: "Credentials") var cache: CredentialCacheOption

    func run() async throws {
        let handout = CredentialHandout(options: credentials, cache: cache)
        try await AnsweringRun.execute { context, reporter in
            let (credentials, _) = try await handout.get(context, reporter)
            // Not masked: this is what they are printed for.
            reporter.answer(CredentialDocument.process(credentials).reveal())
            return .success
        }
    }
}
