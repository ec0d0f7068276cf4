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
            let attempt = try await ask(candidate)
            if case .answered(let kind, let newest) = attempt.outcome, choice.accepts(kind), newest >= .oldest {
                return Engine(kind: kind, version: version ?? min(newest, .newest), candidate: candidate)
            }
            attempts.append(attempt)
        }
        throw EngineAttempt.error(for: choice, attempts)
    }

    /// Asks every place where an engine may be, and returns what came of each, in their order.
    ///
    /// - Throws: ``ContainerExecError`` when a setting names a place that cannot be used, or the task is cancelled.
    package static func survey(
        environment: EnvironmentVariables,
        home: String?
    ) async throws(ContainerExecError) -> [EngineSighting] {
        let choice = EngineChoice.automatic
        let locator = EngineLocator(choice: choice, environment: environment, home: home) { SmallFile.read($0) }
        var sightings: [EngineSighting] = []
        for candidate in try locator.candidates() {
            let attempt = try await ask(candidate)
            let isUsable = if case .answered(_, let version) = attempt.outcome { version >= .oldest } else { false }
            sightings.append(
                EngineSighting(
                    place: "\(candidate.endpoint)",
                    reason: candidate.reason,
                    finding: attempt.words(for: choice),
                    isUsable: isUsable,
                    isAbsent: attempt.outcome == .obstacle(.absent) && candidate.origin == .knownSocket
                )
            )
        }
        return sightings
    }

    private static func ask(_ candidate: EngineCandidate) async throws(ContainerExecError) -> EngineAttempt {
        if let path = candidate.endpoint.socketPath, let obstacle = SocketObstacle.find(at: path) {
            return EngineAttempt(candidate: candidate, outcome: .obstacle(obstacle))
        }
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
            let response = try await candidate.endpoint.client.send(request)
            return EngineAttempt(candidate: candidate, outcome: EngineAttempt.Outcome(response))
        } catch {
            if error.code == .cancelled { throw ContainerExecError(.cancelled, "cancelled") }
            return EngineAttempt(candidate: candidate, outcome: .silent(error))
        }
    }
}
