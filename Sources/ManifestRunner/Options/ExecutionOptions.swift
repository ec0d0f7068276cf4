internal import ArgumentParser

/// Where and how the phases run; the same for all three.
struct ExecutionOptions: ParsableArguments {
    @Option(help: "Where phases run: auto, shell, docker or podman.")
    var engine: EngineOption?

    @Option(help: "How a container gets the phase's folder: copy, or mount, which lets the commands change it.")
    var workspace: WorkspaceOption?

    @Option(help: ArgumentHelp("The containers' network, as the engine names it: host, bridge, …", valueName: "name"))
    var network: String?

    @Option(help: "When an image is pulled: always, missing (when the engine does not have it) or never.")
    var pull: PullOption?

    @Option(
        help: ArgumentHelp(
            "What images must be made for: linux/amd64, linux/arm64, linux/arm/v7, …",
            valueName: "os/arch[/variant]"
        )
    )
    var platform: PlatformArgument?

    @Option(
        help: ArgumentHelp("The most memory of a container: a number of bytes, or with k, m or g.", valueName: "size")
    )
    var memory: SizeArgument?

    @Option(
        name: [.customLong("env"), .customShort("e")],
        help: ArgumentHelp(
            "A variable for the commands; without a value, the value it has here. Repeatable.",
            valueName: "name[=value]"
        )
    )
    var environment: [String] = []

    @Option(help: ArgumentHelp("The development environment's name, OKTETO_NAME.", valueName: "name"))
    var name: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The namespace, OKTETO_NAMESPACE.", valueName: "name"))
    var namespace: String?

    @Option(
        name: [.customLong("timeout"), .customShort("t")],
        help: ArgumentHelp("How long each phase may take: 90s, 5m, 1h30m.", valueName: "duration")
    )
    var timeout: DurationArgument?

    @Flag(help: "Show what would run, and run nothing.")
    var dryRun = false

    mutating func validate() throws {
        try OptionVariables.fill(&engine, "engine")
        try OptionVariables.fill(&workspace, "workspace")
        try OptionVariables.fill(&network, "network")
        try OptionVariables.fill(&pull, "pull")
        try OptionVariables.fill(&platform, "platform")
        try OptionVariables.fill(&memory, "memory")
        try OptionVariables.fill(&environment, "env", needsValue: false)
        try OptionVariables.fill(&name, "name")
        try OptionVariables.fill(&namespace, "namespace")
        try OptionVariables.fill(&timeout, "timeout")
        try OptionVariables.fill(&dryRun, "dry-run")
    }
}
