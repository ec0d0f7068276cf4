internal import ArgumentParser

/// `okteto-run aws`.
struct AWSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aws",
        abstract: "Look at the AWS side of the credentials: identity provider, role and trust policy.",
        subcommands: [AWSExplainCommand.self]
    )
}
