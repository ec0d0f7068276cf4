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

    func run() async throws {
        guard let choice = EngineChoice(rawValue: engine) else { throw ExitCode(ExitStatus.usage.code) }
        let wasDismissed = try await DedicatedThread.run { Companion.wasDismissed() }
        // The run waits for this end: nothing is to be undone here, so the shortest way out will do.
        if wasDismissed { _exit(0) }
        let environment = EnvironmentVariables.ofProcess()
        let engine = try await Engine.connect(choice, environment: environment, home: environment.nonEmpty("HOME"))
        try await engine.reap(run: run)
    }
}
