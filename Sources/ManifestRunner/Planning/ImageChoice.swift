internal import ContainerExec
internal import ProcessEnvironment

/// How a phase's image is got, whichever it is.
struct ImageChoice: Sendable, Hashable {
    /// When it is pulled.
    var pull = PullOption.missing
    /// What it must be made for; nil for what the engine prefers.
    var platform: ImagePlatform?

    /// Creates the choice of the options, or else of the variables OKTETO_RUN_PULL and OKTETO_RUN_PLATFORM.
    ///
    /// - Throws: ``RunFailure`` for a variable that means nothing.
    init(_ options: ExecutionOptions, _ environment: EnvironmentVariables) throws {
        if let option = options.pull {
            pull = option
        } else if let text = environment.nonEmpty("OKTETO_RUN_PULL") {
            guard let option = PullOption(rawValue: text) else {
                let names = PullOption.allCases.map(\.rawValue).joined(separator: ", ")
                throw RunFailure(.usage, "OKTETO_RUN_PULL is '\(text)'", hint: "it must be one of \(names)")
            }
            pull = option
        }
        if let argument = options.platform {
            platform = argument.platform
        } else if let text = environment.nonEmpty("OKTETO_RUN_PLATFORM") {
            guard let argument = PlatformArgument(argument: text) else {
                throw RunFailure(
                    .usage,
                    "OKTETO_RUN_PLATFORM is '\(text)'",
                    hint: "it must be OS/ARCH or OS/ARCH/VARIANT, as in linux/arm64"
                )
            }
            platform = argument.platform
        }
    }
}
