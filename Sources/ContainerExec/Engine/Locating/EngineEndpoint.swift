package import HTTPTransport
package import ProcessEnvironment

/// Where an engine listens and how its API is reached there.
package struct EngineEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// The address as the user would write it: `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://host`.
    package let address: String
    /// What sends requests to it.
    package let client: HTTPClient
    /// The URL before the path of a call, without a slash at its end.
    let base: String

    /// The longest path that `sun_path` of unix(7) takes, without its NUL.
    static let longestSocketPath = 107

    /// The path of the Unix socket, or nil for an engine on the network.
    package var socketPath: String? {
        guard case .unixSocket(let path) = client.destination else { return nil }
        return path
    }

    package var description: String { address }

    private init(address: String, client: HTTPClient, base: String) {
        self.address = address
        self.client = client
        self.base = base
    }

    /// Returns the endpoint of a Unix socket.
    ///
    /// - Throws: ``ContainerExecError`` when the path is relative or longer than a socket's may be.
    package static func unixSocket(_ path: String) throws(ContainerExecError) -> EngineEndpoint {
        guard path.hasPrefix("/") else {
            throw ContainerExecError(.engineUnavailable, "the engine's socket '\(path)' is not an absolute path")
        }
        guard path.utf8.count <= longestSocketPath else {
            throw ContainerExecError(
                .engineUnavailable,
                "the engine's socket '\(path)' has a path of more than \(longestSocketPath) bytes",
                hint: "make a symbolic link to it with a shorter path and name that one in DOCKER_HOST"
            )
        }
        return EngineEndpoint(
            address: "unix://\(path)",
            client: HTTPClient(destination: .unixSocket(path: path)),
            base: "http://engine"
        )
    }

    /// Whether a program leads to the engine, which takes its time for every connection.
    var isReachedByProgram: Bool {
        if case .program = client.destination { true } else { false }
    }

    /// Returns the endpoint that a value of DOCKER_HOST means: `unix://`, `tcp://` or `ssh://`.
    ///
    /// `environment` is the caller's; ssh gets it without credentials.
    ///
    /// With `tls` the engine is spoken to over TLS and always verified, even where Docker would skip that. Without a
    /// port it is 2376 with TLS and 2375 without, as for the docker program.
    ///
    /// - Throws: ``ContainerExecError`` when the value is not such a host.
    package static func host(
        _ text: String,
        tls: TLSSettings?,
        environment: EnvironmentVariables
    ) throws(ContainerExecError) -> EngineEndpoint {
        guard let separator = text.firstRange(of: "://") else {
            throw ContainerExecError(
                .engineUnavailable,
                "the engine address '\(EngineText.printable(text))' has no scheme",
                hint: "write unix:///path/to/socket, tcp://host:port or ssh://user@host"
            )
        }
        let rest = String(text[separator.upperBound...])
        switch text[..<separator.lowerBound] {
        case "unix":
            return try unixSocket(rest)
        case "tcp", "http", "https":
            return try network(rest, scheme: text[..<separator.lowerBound], tls: tls)
        case "ssh":
            return try ssh(rest, environment)
        default:
            throw ContainerExecError(
                .engineUnavailable,
                "the engine address '\(EngineText.printable(text))' has a scheme that is not supported",
                hint: "write unix:///path/to/socket, tcp://host:port or ssh://user@host"
            )
        }
    }

    private static func ssh(
        _ rest: String,
        _ environment: EnvironmentVariables
    ) throws(ContainerExecError) -> EngineEndpoint {
        let words = try SSHAddress(rest).words
        return EngineEndpoint(
            address: "ssh://\(rest)",
            client: HTTPClient(
                destination: .program(words: words, environment: SSHAddress.environment(environment))
            ),
            base: "http://engine"
        )
    }

    private static func network(
        _ rest: String,
        scheme: Substring,
        tls: TLSSettings?
    ) throws(ContainerExecError) -> EngineEndpoint {
        let authority = String(rest.prefix { $0 != "/" })
        let path = rest.dropFirst(authority.count)
        guard !authority.isEmpty, path.allSatisfy({ $0 == "/" }),
            authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "\\") })
        else {
            throw ContainerExecError(
                .engineUnavailable,
                "the engine address '\(EngineText.printable("\(scheme)://\(rest)"))' is not of the form tcp://host:port"
            )
        }
        let isSecure = tls != nil || scheme == "https"
        let tail = authority.hasPrefix("[") ? authority.drop { $0 != "]" } : authority[...]
        let full = tail.contains(":") ? authority : "\(authority):\(isSecure ? 2376 : 2375)"
        return EngineEndpoint(
            address: "tcp://\(full)",
            client: HTTPClient(destination: .plainNetwork, tls: tls ?? TLSSettings()),
            base: "\(isSecure ? "https" : "http")://\(full)"
        )
    }
}
