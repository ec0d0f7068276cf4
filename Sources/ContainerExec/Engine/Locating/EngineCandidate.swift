/// A place where an engine may listen, with the reason to ask there.
package struct EngineCandidate: Sendable, Hashable, CustomStringConvertible {
    /// Why the place is asked.
    package enum Origin: Sendable, Hashable {
        /// An environment variable names it.
        case variable(String)
        /// The docker context of that name does.
        case context(String)
        /// It is one of the usual places.
        case knownSocket
    }

    /// Where.
    package let endpoint: EngineEndpoint
    /// Why.
    package let origin: Origin

    /// Creates a candidate.
    package init(endpoint: EngineEndpoint, origin: Origin) {
        self.endpoint = endpoint
        self.origin = origin
    }

    /// The reason in words: `from DOCKER_HOST`.
    package var reason: String {
        switch origin {
        case .variable(let name): "from \(name)"
        case .context(let name): "from the docker context '\(name)'"
        case .knownSocket: "a known socket"
        }
    }

    /// Both, for one line to the user: `unix:///run/x.sock, from DOCKER_HOST`.
    package var description: String { "\(endpoint), \(reason)" }
}
