internal import ArgumentParser

/// How the graph of tests is run.
struct GraphOptions: ParsableArguments {
    @Option(
        name: [.customShort("j"), .long],
        help: ArgumentHelp(
            "How many tests run at once. Without it, as many as there are processors, and one where tests share a folder.",
            valueName: "number"
        )
    )
    var jobs: JobsArgument?

    @Flag(help: "End the whole run when a test fails, in place of running what does not depend on it.")
    var failFast = false

    mutating func validate() throws {
        try OptionVariables.fill(&jobs, "jobs")
        try OptionVariables.fill(&failFast, "fail-fast")
    }
}
