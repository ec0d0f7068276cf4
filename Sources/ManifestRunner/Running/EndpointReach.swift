internal import ContainerExec
internal import CredentialInjector

/// Whether a container's programs can reach the credentials' endpoint, which is on this machine's own 127.0.0.1.
struct EndpointReach: Sendable {
    private static let hint =
        "use --network host with an engine on this machine, --engine shell, or --credentials-mode env, where every "
        + "command gets fresh credentials"

    let endpoint: CredentialEndpoint
    /// Where the phase runs, in words.
    let place: String

    /// Checks what is known before anything runs: SDKs take plain http from the loopback alone, and that of a container
    /// in a network of its own is not this machine's.
    ///
    /// - Throws: ``RunFailure`` for a phase in a container that is not in the host's network.
    static func check(_ phases: [PlannedPhase], network: String?, engine: EngineOption) throws {
        guard engine.choice != nil, network != "host" else { return }
        for phase in phases {
            guard case .container = phase.place else { continue }
            let network = network.map { "the network '\($0)'" } ?? "a network of its own"
            throw RunFailure(
                .usage,
                "--credentials-mode endpoint does not work for \(phase.kind): its container is in \(network), from "
                    + "where okteto-run's endpoint on 127.0.0.1 cannot be reached",
                hint: hint
            )
        }
    }

    /// Checks that the container shares this machine's network, by the sockets that it sees; a shell that was opened
    /// for nothing is ended.
    ///
    /// The host's network of an engine in a virtual machine, or of a rootless Docker, is another.
    ///
    /// - Throws: ``RunFailure`` when it does not.
    func verify(in session: PhaseSession) async throws {
        do {
            guard try await session.shell.run(script).exitStatus != 0 else { return }
            try Task.checkCancellation()
            throw RunFailure(
                .engineFailed,
                "--credentials-mode endpoint does not work here: the host's network that \(place) is in is not this "
                    + "machine's",
                hint: Self.hint
            )
        } catch {
            await session.shell.kill()
            try? await session.end()
            throw error
        }
    }

    /// Looks for the endpoint among the listening sockets (proc(5), `/proc/net/tcp`) with nothing but the shell; the
    /// address is in the byte order of the machine, as 0100007F:PORT or 7F000001:PORT, and 0A is "listen".
    private var script: String {
        let digits = String(endpoint.port, radix: 16, uppercase: true)
        let port = String(repeating: "0", count: 4 - digits.count) + digits
        return """
            while read -r line; do case $line in \
            *" 0100007F:\(port) 00000000:0000 0A "*|*" 7F000001:\(port) 00000000:0000 0A "*) exit 0;; esac; \
            done </proc/net/tcp; exit 1
            """
    }
}
