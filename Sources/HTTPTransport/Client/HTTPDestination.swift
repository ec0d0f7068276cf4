package import ProcessEnvironment

/// Where requests go, and with it what may be asked there.
package enum HTTPDestination: Sendable, Hashable {
    /// Hosts of the network: `https` alone, except that `http` may go to the machine itself.
    case network
    /// Hosts that the user named as plain (`tcp://`): `http` and `https`.
    case plainNetwork
    /// A server on a Unix socket: `http` alone, and the URL's host is not looked up.
    case unixSocket(path: String)
    /// A server that a program leads to by its standard input and output, as `ssh HOST docker system dial-stdio` does:
    /// `http` alone, and the URL's host is not looked up.
    ///
    /// Each connection starts the program anew, with exactly `environment`, and ends it.
    case program(words: [String], environment: EnvironmentVariables)
}
