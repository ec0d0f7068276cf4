internal import ContainerExec

/// How a phase's image is got, whichever it is.
struct ImageChoice: Sendable, Hashable {
    /// When it is pulled.
    let pull: PullOption
    /// What it must be made for; nil for what the engine prefers.
    let platform: ImagePlatform?

    /// Creates the choice of the options.
    init(_ options: ExecutionOptions) {
        pull = options.pull ?? .missing
        platform = options.platform?.platform
    }
}
