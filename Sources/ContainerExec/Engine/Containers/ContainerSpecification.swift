package import ProcessEnvironment

/// The container of one phase, as the engine is asked for it.
///
/// Its process is an idle shell that reads commands from its standard input. Nothing in it is secret: engines store
/// all of it and show it to whoever inspects the container.
package struct ContainerSpecification: Sendable, Hashable {
    /// The folder that holds a phase's files, as in Okteto.
    package static let workspace = "/okteto/src"

    /// The image's name as the manifest has it.
    package var image: String
    /// Whose container it is.
    package var identity: RunIdentity
    /// The phase, for the label and the name: `deploy`, `test/aws`.
    package var phase: String
    /// The shell and its arguments; never empty, because Podman takes an empty entrypoint for the image's own.
    package var shell: [String] = ["sh"]
    /// Variables that are no secrets.
    package var environment = EnvironmentVariables()
    /// The folder in which the shell starts.
    ///
    /// The root, which is always there: an engine makes any other one first, which costs Podman 40 ms.
    package var workingDirectory = "/"
    /// The user of the commands; Okteto runs all of them as 0, whatever the image says.
    package var user = "0"
    /// The network's name, or nil for the engine's default.
    package var network: String?
    /// Further lines for /etc/hosts, each `name:address`.
    package var extraHosts: [String] = []
    /// What the container sees of the engine's machine.
    package var mounts: [BindMount] = []
    /// The volumes that it has.
    package var volumes: [VolumeMount] = []
    /// The most memory that all of its processes may use, in bytes, or nil for no limit of its own.
    package var memory: Int64?
    /// `os/architecture`, or nil for what the engine prefers.
    package var platform: ImagePlatform?
    /// Whether the engine's own init is process 1, which collects the dead and passes signals on.
    package var usesInit = true

    /// Creates the specification of a container for `phase`; the rest has the defaults that its documentation says.
    package init(image: String, identity: RunIdentity, phase: String) {
        self.image = image
        self.identity = identity
        self.phase = phase
    }

    /// A name for the container that tells a person what it is: `okteto-run-test-aws-1b4e28ba`.
    var name: String {
        let phase = String(
            self.phase.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(40)
        )
        return "okteto-run-\(phase)-\(identity.run.prefix(8))"
    }
}
