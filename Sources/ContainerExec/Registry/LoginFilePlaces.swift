internal import ProcessEnvironment

/// Where files of logins are looked for.
struct LoginFilePlaces {
    let kind: EngineKind
    let environment: EnvironmentVariables
    let home: String?
    let user: UInt32

    /// The paths, in order.
    ///
    /// Podman's own files come first for Podman, which reads Docker's as well; Docker knows only its own.
    var paths: [String] {
        var paths: [String] = []
        if kind == .podman {
            if let named = environment.nonEmpty("REGISTRY_AUTH_FILE") { paths.append(named) }
            if let runtime = environment.nonEmpty("XDG_RUNTIME_DIR") {
                paths.append("\(runtime)/containers/auth.json")
            } else {
                paths.append("/run/containers/\(user)/auth.json")
            }
            if let folder = environment.nonEmpty("XDG_CONFIG_HOME") ?? home.map({ "\($0)/.config" }) {
                paths.append("\(folder)/containers/auth.json")
            }
        }
        if let folder = environment.nonEmpty("DOCKER_CONFIG") ?? home.map({ "\($0)/.docker" }) {
            paths.append("\(folder)/config.json")
        }
        return paths
    }
}
