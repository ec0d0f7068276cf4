internal import HTTPTransport

/// A container engine that answered, Docker or Podman, spoken to by the Docker Engine API.
///
/// A value without state: every call has a connection of its own, ends at once when its task is cancelled, and throws
/// ``ContainerExecError`` with what the engine said. See https://docs.docker.com/reference/api/engine/.
package struct Engine: Sendable {
    /// Whose engine it is.
    package let kind: EngineKind
    /// The version of the API that is spoken with it.
    package let version: APIVersion
    /// Where it is and why it was asked.
    package let candidate: EngineCandidate

    /// Creates an engine that is known to be there; ``connect(_:environment:home:)`` finds one.
    package init(kind: EngineKind, version: APIVersion, candidate: EngineCandidate) {
        self.kind = kind
        self.version = version
        self.candidate = candidate
    }

    /// Whether it runs on this machine and may see its files: it was reached by a Unix socket.
    ///
    /// A socket can also lead elsewhere, into a virtual machine or to a container's host.
    package var isOnThisMachine: Bool { candidate.endpoint.socketPath != nil }

    /// One line that says which engine was chosen: `docker at unix:///var/run/docker.sock, from DOCKER_HOST`.
    package var summary: String { "\(kind) at \(candidate)" }

    var client: HTTPClient { candidate.endpoint.client }

    /// Returns the URL of a call; `path` begins with a slash and is encoded already.
    func url(_ path: String, _ query: [(name: String, value: String)] = []) -> String {
        "\(candidate.endpoint.base)/v\(version)\(path)\(URLEncoding.query(query))"
    }
}
