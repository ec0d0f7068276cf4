internal import ArgumentParser

/// `okteto-run credentials`.
struct CredentialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials",
        abstract: "Check the credentials that phases would get, or hand them to other programs.",
        subcommands: [CredentialsCheckCommand.self, CredentialsEnvCommand.self, CredentialsProcessCommand.self]
    )
}
