internal import HTTPTransport
package import ProcessEnvironment

extension Engine {
    /// Finds an engine: asks the places that ``EngineLocator`` names, in order, until one answers that is wanted.
    ///
    /// - Throws: ``ContainerExecError`` with the code `engineUnavailable` when none does; the message lists every place
    ///   with what came of it.
    package static func connect(
        _ choice: EngineChoice,
        environment: EnvironmentVariables,
        home: String?
    ) async throws(ContainerExecError) -> Engine {
        let locator = EngineLocator(choice: choice, environment: environment, home: home) { SmallFile.read($0) }
        let version = try APIVersion.named(by: environment)
        return try await connect(choice, candidates: locator.candidates(), speaking: version)
    }

    /// Asks the candidates in order until one answers that is wanted.
    ///
    /// The version of the API that is spoken is `version`, or else the newest that both sides know.
    ///
    /// - Throws: ``ContainerExecError`` with the code `engineUnavailable` when none does.
    package static func connect(
        _ choice: EngineChoice,
        candidates: [EngineCandidate],
        speaking version: APIVersion? = nil
    ) async throws(ContainerExecError) -> Engine {
        var attempts: [EngineAttempt] = []
        for candidate in candidates {
            if let path = candidate.endpoint.socketPath, let obstacle = SocketObstacle.find(at: path) {
                attempts.append(EngineAttempt(candidate: candidate, outcome: .obstacle(obstacle)))
                continue
            }
            let outcome: EngineAttempt.Outcome
            do throws(HTTPTransportError) {
                let request = HTTPRequest(
                    url: "\(candidate.endpoint.base)/_ping",
                    limits: HTTPLimits(
                        connect: .seconds(3),
                        // ssh gives up by itself after 30 seconds, and says why.
                        total: .seconds(candidate.endpoint.isReachedByProgram ? 40 : 10),
                        maximumBodyBytes: 64 << 10
                    )
                )
                outcome = EngineAttempt.Outcome(try await candidate.endpoint.client.send(request))
            } catch {
                if error.code == .cancelled { throw ContainerExecError(.cancelled, "cancelled") }
                outcome = .silent(error)
            }
            if case .answered(let kind, let newest) = outcome, choice.accepts(kind), newest >= .oldest {
                return Engine(kind: kind, version: version ?? min(newest, .newest), candidate: candidate)
            }
            attempts.append(EngineAttempt(candidate: candidate, outcome: outcome))
        }
        throw EngineAttempt.error(for: choice, attempts)
    }
}
