package import YAMLSource

/// What `deploy` or `destroy` says.
package struct Phase: Sendable, Hashable {
    /// The image to run in, variables not expanded; nil when none is given or it is empty.
    package let image: Marked<String>?
    /// What `remote` says, if it is there.
    package let remote: Bool?
    /// The folder of the commands, relative to the manifest's root; nil when none is given or it is empty.
    package let context: Marked<String>?
    /// The commands in order; each is a process of its own.
    package let commands: [Command]
    /// The Compose files of `deploy.compose`.
    package let compose: [ComposeFile]
    /// The entries of `deploy.endpoints`.
    package let endpoints: [PhaseEndpoint]
    /// What `deploy.divert` says.
    package let divert: Divert?
    /// The keys that need the platform: `compose`, `endpoints`, `divert`.
    package let unexecuted: [UnexecutedSection]
    /// Where the section stands.
    package let mark: SourceMark

    /// Creates a phase.
    package init(
        image: Marked<String>? = nil,
        remote: Bool? = nil,
        context: Marked<String>? = nil,
        commands: [Command],
        compose: [ComposeFile] = [],
        endpoints: [PhaseEndpoint] = [],
        divert: Divert? = nil,
        unexecuted: [UnexecutedSection] = [],
        mark: SourceMark = .start
    ) {
        self.image = image
        self.remote = remote
        self.context = context
        self.commands = commands
        self.compose = compose
        self.endpoints = endpoints
        self.divert = divert
        self.unexecuted = unexecuted
        self.mark = mark
    }
}
