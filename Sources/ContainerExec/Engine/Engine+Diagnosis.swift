internal import HTTPTransport
internal import Synchronization

extension Engine {
    /// Tells what ended a command of the container with a status other than 0.
    ///
    /// The engine is asked only after KILL, which is what the kernel sends for want of memory; an engine that does not
    /// answer leaves it at that.
    package func end(ofCommandWith status: Int32, in container: ContainerID) async -> PhaseEnd {
        var evidence = PhaseEvidence(exitStatus: status, container: .running)
        if status == 137 {
            evidence.ranOutOfMemory = (try? await history(of: container))?.ranOutOfMemory ?? false
        }
        return PhaseEnd(evidence)
    }

    /// Tells what ended the container's shell in the middle of a command.
    ///
    /// The container may be gone already: the engine's events still know of it.
    package func end(ofShellIn container: ContainerID) async -> PhaseEnd {
        var evidence = PhaseEvidence(container: .running)
        do throws(ContainerExecError) {
            let state = try await inspect(container)
            let history = try await history(of: container)
            evidence.ranOutOfMemory = history.ranOutOfMemory || state?.isOutOfMemory == true
            if state?.isRunning != true || history.hasDied {
                evidence.container = .ended(status: history.exitStatus ?? state?.exitCode)
            }
        } catch {
            evidence.engineFailure = error.message
        }
        return PhaseEnd(evidence)
    }

    /// Returns what the engine's events tell about a container since it was created.
    ///
    /// The kernel's word of lacking memory may come a moment after the process has ended, so it is waited for.
    func history(of container: ContainerID) async throws(ContainerExecError) -> ContainerHistory {
        let filters = try JSON.encode(["container": [container.rawValue], "event": ["oom", "die"]])
        let query = [(name: "since", value: "1"), (name: "filters", value: String(decoding: filters, as: UTF8.self))]
        let patience: Duration = candidate.endpoint.isReachedByProgram ? .seconds(3) : .milliseconds(400)
        let state = Mutex((lines: BoundedLines(), history: ContainerHistory()))
        do throws(HTTPTransportError) {
            let request = HTTPRequest(url: url("/events", query), limits: HTTPLimits(total: patience))
            _ = try await client.stream(request) { bytes in
                state.withLock { state in
                    // A line beyond all bounds is no event.
                    for line in (try? state.lines.feed(bytes)) ?? [] { state.history.consume(line: line) }
                    return !state.history.ranOutOfMemory
                }
            }
        } catch {
            // The stream of events has no end of its own.
            guard error.code == .timedOut else { throw failure(of: error) }
        }
        return state.withLock { $0.history }
    }
}
