internal import FoundationEssentials
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What a run takes from the world around it, taken once and handed on; a test hands its own.
struct RunContext: Sendable {
    /// The process environment as the program was started with.
    ///
    /// Nothing of the repository is ever merged into it:
    /// it alone decides where identity tokens go.
    let environment: EnvironmentVariables
    /// The folder that the program was started in, absolute.
    let currentDirectory: String
    /// Whether standard output and standard error are terminals.
    let isOutputTerminal: Bool
    let isErrorTerminal: Bool

    static func ofProcess() -> RunContext {
        RunContext(
            environment: .ofProcess(),
            currentDirectory: FileManager.default.currentDirectoryPath,
            isOutputTerminal: isatty(1) == 1,
            isErrorTerminal: isatty(2) == 1
        )
    }

    /// Returns the reporter for an output option; colour only on a terminal that wants it (https://no-color.org).
    /// `journal` is told of what happens.
    func makeReporter(_ option: LogOutput?, journal: RunJournal = RunJournal()) -> Reporter {
        let format = option ?? (isErrorTerminal ? .tty : .plain)
        let wantsColour = environment.nonEmpty("NO_COLOR") == nil && environment["TERM"] != "dumb"
        return Reporter(
            format: format,
            isColoured: isErrorTerminal && wantsColour,
            isErrorTerminal: isErrorTerminal && environment["TERM"] != "dumb",
            runnerMasks: RunnerMasks(environment: environment),
            journal: journal,
            writer: OutputWriter(sharesTerminal: isOutputTerminal && isErrorTerminal)
        )
    }
}
