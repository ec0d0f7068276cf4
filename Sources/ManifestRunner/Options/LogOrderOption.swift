internal import ArgumentParser

/// How the output of tests is shown that run at once.
struct LogOrderOption: ParsableArguments {
    @Option(help: "Output of tests that run at once: stream, line by line with their names, or grouped, test by test.")
    var logOrder: LogOrder?

    mutating func validate() throws {
        try OptionVariables.fill(&logOrder, "log-order")
    }
}
