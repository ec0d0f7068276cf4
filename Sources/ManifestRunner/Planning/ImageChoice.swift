internal import ContainerExec

/// How a phase's image is got, whichever it is.
struct ImageChoice: Sendable, Hashable {
    /// When it is pulled.
    var pull = PullOption.missing
    /// What it must be made for; nil for what the engine prefers.
    var platform: ImagePlatform?
}

extension ImageChoice {
    /// Creates the choice of the options.
    init(_ options: ExecutionOptions) {
        pull = options.pull ?? .missing
        platform = options.platform?.platform
    }
}
