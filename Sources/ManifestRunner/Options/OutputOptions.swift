internal import ArgumentParser

/// How the run is shown.
struct OutputOptions: ParsableArguments {
    @Option(help: "How the run is shown: tty, plain or json. Without it, tty on a terminal and plain elsewhere.")
    var logOutput: LogOutput?

    mutating func validate() throws {
        try OptionVariables.fill(&logOutput, "log-output")
    }
}
