internal import ArgumentParser

/// How a command changes an account.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Print the commands of the AWS CLI that do the same, and change nothing.")
    var dryRun = false

    @Flag(help: "Change without asking what was there before.")
    var yes = false

    @Option(help: "The form of the answer: text or json.")
    var format: AnswerFormat?

    mutating func validate() throws {
        try OptionVariables.fill(&dryRun, "dry-run")
        try OptionVariables.fill(&yes, "yes")
        try OptionVariables.fill(&format, "format")
    }
}
