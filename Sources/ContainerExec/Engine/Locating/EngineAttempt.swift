internal import HTTPTransport

/// What came of asking one place for an engine.
struct EngineAttempt: Sendable, Hashable {
    /// What came of it.
    enum Outcome: Sendable, Hashable {
        /// The socket cannot be used.
        case obstacle(SocketObstacle)
        /// There was no response, and why.
        case silent(HTTPTransportError)
        /// A response that no engine gives; what it was.
        case stranger(String)
        /// An engine answered that speaks this version.
        case answered(EngineKind, APIVersion)

        /// Creates the outcome that a response to `GET /_ping` means.
        init(_ response: HTTPResponse) {
            let podman = response.header("Libpod-Api-Version")
            guard response.status == 200 else {
                let text = EngineErrorBody.text(in: response.body)
                self = .stranger("status \(response.status)\(text.isEmpty ? "" : ": \(text.prefix(200))")")
                return
            }
            guard let version = response.header("Api-Version").flatMap({ APIVersion($0) }) else {
                self = .stranger("what listens there is no container engine: its answer names no API version")
                return
            }
            self = .answered(podman == nil ? .docker : .podman, version)
        }
    }

    let candidate: EngineCandidate
    let outcome: Outcome

    /// What came of it, in words; `choice` is what the user asked for.
    func words(for choice: EngineChoice) -> String {
        switch outcome {
        case .obstacle(.absent): "no such socket"
        case .obstacle(.forbidden): "permission denied"
        case .silent(let error) where error.code == .unreachable && candidate.endpoint.socketPath != nil:
            "the socket is there, but nobody listens on it"
        case .silent(let error) where ConnectionAdvice.isEndOfHandshake(error):
            "it ended the connection as soon as the TLS handshake was over"
        case .silent(let error): EngineText.printable(error.message)
        case .stranger(let reason): reason
        case .answered(let kind, let version) where version < .oldest:
            "\(kind) answered, but it speaks API \(version) and \(APIVersion.oldest) is the least"
        case .answered(let kind, let version) where choice.accepts(kind): "\(kind) answers, API \(version)"
        case .answered(let kind, _): "\(kind) answered, but \(choice.rawValue) was asked for"
        }
    }

    /// The error for a search that found nothing.
    static func error(for choice: EngineChoice, _ attempts: [EngineAttempt]) -> ContainerExecError {
        let wanted = choice == .automatic ? "container engine" : choice.rawValue
        if attempts.count == 1, let attempt = attempts.first, attempt.candidate.origin != .knownSocket {
            return ContainerExecError(
                .engineUnavailable,
                "no \(wanted) at \(attempt.candidate): \(attempt.words(for: choice))",
                hint: hint(for: choice, attempts)
            )
        }
        let list = attempts.map { "\n  \($0.candidate.endpoint): \($0.words(for: choice))" }.joined()
        return ContainerExecError(
            .engineUnavailable,
            "no \(wanted) found; asked, in this order:\(list)",
            hint: hint(for: choice, attempts)
        )
    }

    private static func hint(for choice: EngineChoice, _ attempts: [EngineAttempt]) -> String {
        if let wrong = attempts.first(where: \.isWrongKind), wrong.candidate.origin != .knownSocket {
            return "unset the setting that names it (\(wrong.candidate.reason)), or leave --engine out to use it"
        }
        if let attempt = attempts.first, attempts.count == 1, let advice = ConnectionAdvice.find(for: attempt) {
            return advice
        }
        if let forbidden = attempts.first(where: { $0.outcome == .obstacle(.forbidden) }) {
            return "ask an administrator for the right to use \(forbidden.candidate.endpoint) "
                + "(for Docker: membership of the group docker), or use --engine shell"
        }
        let docker = "Docker by 'systemctl start docker'"
        let podman = "Podman by 'systemctl --user start podman.socket'"
        return switch choice {
        case .automatic: "start \(docker) or \(podman), name an engine in DOCKER_HOST, or use --engine shell"
        case .docker: "start \(docker), name it in DOCKER_HOST, or use --engine shell"
        case .podman: "start \(podman), name it in CONTAINER_HOST, or use --engine shell"
        }
    }

    private var isWrongKind: Bool {
        if case .answered(_, let version) = outcome { version >= .oldest } else { false }
    }
}
