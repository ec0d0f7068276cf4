internal import ArgumentParser
internal import ContainerExec
internal import ProcessEnvironment

/// `okteto-run prune`.
struct PruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove the containers of runs that are dead, and tests' caches.",
        discussion: """
            A run removes its containers itself, also when it is killed. What this is for is what an engine's or a
            machine's own crash left. Containers of runs that are alive, or on another machine, stay. Tests' caches stay, too, \
            unless --caches says otherwise.

            Examples:
              okteto-run prune
              okteto-run prune --engine podman --dry-run
              okteto-run prune --caches
            """
    )

    @Option(help: "Which engine: auto, docker or podman.")
    var engine: EngineOption?

    @Flag(help: "Remove the caches of all tests, too, but those that a container has.")
    var caches = false

    @Flag(help: "Show what would be removed, and remove nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        try OptionVariables.fill(&engine, "engine")
        try OptionVariables.fill(&caches, "caches")
        try OptionVariables.fill(&dryRun, "dry-run")
    }

    func run() async throws {
        let context = RunContext.ofProcess()
        let reporter = context.makeReporter(output.logOutput)
        do {
            let engine = try await connect(context)
            let abandoned = try await engine.abandonedContainers()
            for container in abandoned {
                if !dryRun { try await engine.remove(container.id) }
                reporter.say(.info, "\(dryRun ? "would remove" : "removed") \(container.name) (\(container.id))")
            }
            reporter.say(.success, Self.summary(abandoned.count, on: engine, dryRun: dryRun))
            if caches { try await CachePruning(engine: engine, reporter: reporter, dryRun: dryRun).run() }
        } catch {
            let failure = RunFailure(error)
            reporter.say(.error, failure.message, hint: failure.hint)
            throw ExitCode(failure.status.code)
        }
    }

    private func connect(_ context: RunContext) async throws -> Engine {
        guard let choice = (engine ?? .auto).choice else {
            throw RunFailure(.usage, "--engine shell has no containers", hint: "name docker or podman, or leave it out")
        }
        return try await Engine.connect(
            choice,
            environment: context.environment,
            home: context.environment.nonEmpty("HOME")
        )
    }

    private static func summary(_ count: Int, on engine: Engine, dryRun: Bool) -> String {
        guard count > 0 else { return "nothing to remove at \(engine.summary)" }
        return "\(dryRun ? "would remove" : "removed") \(count) container\(count == 1 ? "" : "s") at \(engine.summary)"
    }
}
