internal import ProcessEnvironment

/// The body of `POST /containers/create`.
struct CreateBody: Encodable {
    struct HostConfiguration: Encodable {
        struct Log: Encodable {
            let type: String

            enum CodingKeys: String, CodingKey {
                case type = "Type"
            }
        }

        let initialize: Bool
        let autoRemove: Bool
        let log: Log
        let network: String
        let extraHosts: [String]
        let binds: [String]?
        let mounts: [ContainerMount]
        let memory: Int64?

        enum CodingKeys: String, CodingKey {
            case initialize = "Init"
            case autoRemove = "AutoRemove"
            case log = "LogConfig"
            case network = "NetworkMode"
            case extraHosts = "ExtraHosts"
            case binds = "Binds"
            case mounts = "Mounts"
            case memory = "Memory"
        }
    }

    let image: String
    let entrypoint: [String]
    let command: [String] = []
    let user: String
    let workingDirectory: String
    let opensInput = true
    let closesInputOnce = true
    let attachesInput = true
    let attachesOutput = true
    let attachesError = true
    let terminal = false
    let environment: [String]
    let labels: [String: String]
    let host: HostConfiguration

    enum CodingKeys: String, CodingKey {
        case image = "Image"
        case entrypoint = "Entrypoint"
        case command = "Cmd"
        case user = "User"
        case workingDirectory = "WorkingDir"
        case opensInput = "OpenStdin"
        case closesInputOnce = "StdinOnce"
        case attachesInput = "AttachStdin"
        case attachesOutput = "AttachStdout"
        case attachesError = "AttachStderr"
        case terminal = "Tty"
        case environment = "Env"
        case labels = "Labels"
        case host = "HostConfig"
    }

    /// Creates the body for `specification`, with `image` in place of its image's name.
    init(_ specification: ContainerSpecification, image: String) {
        self.image = image
        entrypoint = specification.shell.isEmpty ? ["sh"] : specification.shell
        user = specification.user
        workingDirectory = specification.workingDirectory
        environment = specification.environment.entries.map { String(decoding: $0, as: UTF8.self) }
        labels = ContainerLabels.all(of: specification.identity, phase: specification.phase)
        host = HostConfiguration(
            initialize: specification.usesInit,
            autoRemove: true,
            log: .init(type: "none"),
            network: specification.network ?? "default",
            extraHosts: specification.extraHosts,
            binds: specification.volumes.compactMap(\.bind).nonEmpty,
            mounts: specification.mounts.map { .folder($0) }
                + specification.volumes.filter { $0.bind == nil }.map { .volume($0) },
            memory: specification.memory
        )
    }
}

extension Array {
    /// The array, or nil for one without elements.
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
