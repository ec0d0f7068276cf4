internal import ArgumentParser
internal import ContainerExec
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// `okteto-run reap`: what ``Reaper`` starts; not for people.
struct ReapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reap",
        abstract: "Remove the containers of a run that was killed.",
        shouldDisplay: false
    )

    @Option(help: "The run's identifier.")
    var run: String

    @Option(help: "The engine.")
    var engine: String

    /// Waits for the end of the run before anything else is done, if this process is a reaper, and ends here when the run
    /// needs none: in that, the usual, case not even the command line has been read.
    ///
    /// Blocks the main thread, which nothing else waits for yet.
    static func waitFirst() {
        guard CommandLine.arguments.dropFirst().first == configuration.commandName, Companion.wasDismissed() else {
            return
        }
        // The run waits for this end: nothing is to be undone here, so the shortest way out will do.
        _exit(0)
    }

    func run() async throws {
        guard let choice = EngineChoice(rawValue: engine) else { throw ExitCode(ExitStatus.usage.code) }
        let environment = EnvironmentVariables.ofProcess()
        let engine = try await Engine.connect(choice, environment: environment, home: environment.nonEmpty("HOME"))
        try await engine.reap(run: run)
    }
}
