/// How a container is, as its engine sees it.
package struct ContainerState: Sendable, Hashable {
    /// `created`, `running`, `exited` and the like.
    package let status: String
    /// Whether its process runs.
    package let isRunning: Bool
    /// The status that its process ended with; without meaning before that.
    package let exitCode: Int
    /// Whether the kernel killed one of its processes for want of memory; Podman often does not know.
    package let isOutOfMemory: Bool
    /// Why it could not start, or nothing.
    package let error: String
}

extension ContainerState {
    /// The response of `GET /containers/{id}/json`, as far as it is of use.
    struct Wire: Decodable {
        struct State: Decodable {
            let status: String?
            let running: Bool?
            let exitCode: Int?
            let oomKilled: Bool?
            let error: String?

            enum CodingKeys: String, CodingKey {
                case status = "Status"
                case running = "Running"
                case exitCode = "ExitCode"
                case oomKilled = "OOMKilled"
                case error = "Error"
            }
        }

        let state: State

        enum CodingKeys: String, CodingKey {
            case state = "State"
        }
    }

    init(_ wire: Wire) {
        self.init(
            status: EngineText.printable(wire.state.status ?? ""),
            isRunning: wire.state.running ?? false,
            exitCode: wire.state.exitCode ?? 0,
            isOutOfMemory: wire.state.oomKilled ?? false,
            error: EngineText.printable(wire.state.error ?? "")
        )
    }
}
