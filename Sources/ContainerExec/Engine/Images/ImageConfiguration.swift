/// What an image says about itself.
package struct ImageConfiguration: Sendable, Hashable {
    /// The image's identifier, `sha256:…`.
    package let id: String
    /// The words that its commands are arguments of; okteto-run replaces them by a shell.
    package let entrypoint: [String]
    /// The words that run when nothing else is named.
    package let command: [String]
    /// The user that its commands run as when nothing else is named.
    package let user: String
    /// The folder that its commands start in when nothing else is named.
    package let workingDirectory: String
    /// The names of the variables that the image sets.
    package let variableNames: [String]
    /// `os/architecture`, as in `linux/amd64`.
    package let platform: String
}

extension ImageConfiguration {
    /// The response of `GET /images/{name}/json`, as far as it is of use.
    struct Wire: Decodable {
        struct Config: Decodable {
            let entrypoint: [String]?
            let cmd: [String]?
            let env: [String]?
            let user: String?
            let workingDir: String?

            enum CodingKeys: String, CodingKey {
                case entrypoint = "Entrypoint"
                case cmd = "Cmd"
                case env = "Env"
                case user = "User"
                case workingDir = "WorkingDir"
            }
        }

        let id: String
        let os: String?
        let architecture: String?
        let config: Config?

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case os = "Os"
            case architecture = "Architecture"
            case config = "Config"
        }
    }

    init(_ wire: Wire) {
        self.init(
            id: wire.id,
            entrypoint: wire.config?.entrypoint ?? [],
            command: wire.config?.cmd ?? [],
            user: wire.config?.user ?? "",
            workingDirectory: wire.config?.workingDir ?? "",
            variableNames: (wire.config?.env ?? []).map { String($0.prefix { $0 != "=" }) },
            platform: "\(wire.os ?? "linux")/\(wire.architecture ?? "unknown")"
        )
    }
}
