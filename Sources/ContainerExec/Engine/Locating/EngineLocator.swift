internal import HTTPTransport
package import ProcessEnvironment

/// Where engines may be, from the user's settings alone; nothing is asked.
///
/// A place that the user named (DOCKER_HOST, CONTAINER_HOST, a docker context) is the only candidate: another engine
/// in its stead would run the commands where nobody looks. Without one the known sockets follow in a fixed order.
package struct EngineLocator: Sendable {
    /// What the user asked for.
    package let choice: EngineChoice
    /// The variables that this process was started with.
    package let environment: EnvironmentVariables
    /// The user's home directory, or nil when there is none.
    package let home: String?
    /// Returns the bytes of a file, or nil when it cannot be read.
    package let contents: @Sendable (String) -> [UInt8]?

    /// Creates a locator.
    package init(
        choice: EngineChoice,
        environment: EnvironmentVariables,
        home: String?,
        contents: @escaping @Sendable (String) -> [UInt8]?
    ) {
        self.choice = choice
        self.environment = environment
        self.home = home
        self.contents = contents
    }

    /// Returns whether the way to an engine can depend on that variable; none of them is a secret.
    package static func isSetting(_ name: String) -> Bool {
        [
            "CONTAINER_HOST", "DOCKER_API_VERSION", "DOCKER_CERT_PATH", "DOCKER_CONFIG", "DOCKER_CONTEXT",
            "DOCKER_HOST", "DOCKER_TLS", "DOCKER_TLS_VERIFY", "HOME", "PATH", "SSH_AUTH_SOCK", "XDG_RUNTIME_DIR",
        ].contains(name)
    }

    /// Returns the places to ask, in order; never empty.
    ///
    /// - Throws: ``ContainerExecError`` when a setting names a place that cannot be used.
    package func candidates() throws(ContainerExecError) -> [EngineCandidate] {
        if choice == .podman, let host = environment.nonEmpty("CONTAINER_HOST") {
            return [try candidate(host: host, variable: "CONTAINER_HOST")]
        }
        if let host = environment.nonEmpty("DOCKER_HOST") {
            return [try candidate(host: host, variable: "DOCKER_HOST")]
        }
        // Docker contexts are settings of the docker program; one that asks for Podman does not mean them.
        if choice != .podman, let candidate = try contextCandidate() {
            return [candidate]
        }
        return try knownSockets().map { path throws(ContainerExecError) in
            EngineCandidate(endpoint: try .unixSocket(path), origin: .knownSocket)
        }
    }

    /// The sockets where engines usually listen, in the order in which they are asked.
    func knownSockets() -> [String] {
        let runtime = environment.nonEmpty("XDG_RUNTIME_DIR").flatMap { $0.hasPrefix("/") ? $0 : nil }
        let paths: [String?] = [
            "/var/run/docker.sock",
            runtime.map { "\($0)/docker.sock" },
            home.map { "\($0)/.docker/run/docker.sock" },
            home.map { "\($0)/.docker/desktop/docker.sock" },
            "/run/podman/podman.sock",
            runtime.map { "\($0)/podman/podman.sock" },
            home.map { "\($0)/.local/share/containers/podman/machine/podman.sock" },
            home.map { "\($0)/.colima/default/docker.sock" },
            home.map { "\($0)/.orbstack/run/docker.sock" },
            home.map { "\($0)/.rd/docker.sock" },
        ]
        return paths.compactMap { $0 }.filter { path in
            // A path that is too long is nobody's fault here: no engine can listen on it either.
            path.hasPrefix("/") && path.utf8.count <= EngineEndpoint.longestSocketPath
                && (choice != .docker || !path.hasSuffix("/podman.sock"))
        }
    }

    private func candidate(host: String, variable: String) throws(ContainerExecError) -> EngineCandidate {
        let usesTLS = ["DOCKER_TLS_VERIFY", "DOCKER_TLS", "DOCKER_CERT_PATH"].contains {
            environment.nonEmpty($0) != nil
        }
        let folder = environment.nonEmpty("DOCKER_CERT_PATH") ?? configurationFolder
        let tls = usesTLS ? folder.map { tlsSettings(in: $0) } ?? TLSSettings() : nil
        if let named = environment.nonEmpty("DOCKER_CERT_PATH"), tls == TLSSettings(), host.hasPrefix("tcp://") {
            throw ContainerExecError(
                .engineUnavailable,
                "DOCKER_CERT_PATH: none of ca.pem, cert.pem and key.pem can be read in \(EngineText.printable(named))",
                hint: "name the folder that has them, or unset it where the engine's certificate is a public one"
            )
        }
        do {
            let endpoint = try EngineEndpoint.host(host, tls: tls, environment: environment)
            return EngineCandidate(endpoint: endpoint, origin: .variable(variable))
        } catch {
            throw ContainerExecError(error.code, "\(variable): \(error.message)", hint: error.hint)
        }
    }

    private func contextCandidate() throws(ContainerExecError) -> EngineCandidate? {
        guard let folder = configurationFolder else { return nil }
        let named = environment.nonEmpty("DOCKER_CONTEXT")
        guard let name = named ?? DockerContext.current(in: contents("\(folder)/config.json")),
            !name.isEmpty, name != "default"
        else { return nil }
        let origin = "the docker context '\(EngineText.printable(name))'"
        let digest = SHA256.hexadecimal(Array(name.utf8))
        guard let file = contents("\(folder)/contexts/meta/\(digest)/meta.json") else {
            throw ContainerExecError(
                .engineUnavailable,
                "\(origin), chosen by \(named == nil ? "\(folder)/config.json" : "DOCKER_CONTEXT"), does not exist",
                hint: "list the contexts with 'docker context ls', or set DOCKER_HOST"
            )
        }
        guard let host = try DockerContext.host(in: file, origin: origin), !host.isEmpty else { return nil }
        let tlsFolder = "\(folder)/contexts/tls/\(digest)/docker"
        let tls = tlsSettings(in: tlsFolder)
        do {
            let endpoint = try EngineEndpoint.host(
                host,
                tls: tls == TLSSettings() ? nil : tls,
                environment: environment
            )
            return EngineCandidate(endpoint: endpoint, origin: .context(EngineText.printable(name)))
        } catch {
            throw ContainerExecError(error.code, "\(origin): \(error.message)", hint: error.hint)
        }
    }

    private var configurationFolder: String? {
        environment.nonEmpty("DOCKER_CONFIG") ?? home.map { "\($0)/.docker" }
    }

    /// Those of the three files that docker looks for in `folder` and that are there.
    private func tlsSettings(in folder: String) -> TLSSettings {
        func path(_ name: String) -> String? {
            let path = "\(folder)/\(name)"
            return contents(path) == nil ? nil : path
        }
        return TLSSettings(
            authorities: path("ca.pem"),
            clientCertificate: path("cert.pem"),
            clientKey: path("key.pem")
        )
    }
}
