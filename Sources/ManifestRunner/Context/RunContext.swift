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

    /// Returns the reporter of a command that runs no phases, for an output option.
    func makeReporter(_ option: LogOutput?) -> Reporter {
        let display = RunDisplay(option, nil, of: self)
        return makeReporter(display, journal: RunJournal(display.observers))
    }

    /// Returns a reporter for a display; `journal` is told of what happens, and tells the display's observers.
    func makeReporter(_ display: RunDisplay, journal: RunJournal) -> Reporter {
        Reporter(display, runnerMasks: RunnerMasks(environment: environment), journal: journal)
    }
}
