internal import ContainerExec

/// One phase of a plan, from what is prepared ahead of its turn to its end.
struct PhaseTurn: Sendable {
    let phase: PlannedPhase
    let factory: PhaseFactory
    let reporter: Reporter
    /// How long it may take; nil is no bound.
    let limit: Duration?

    /// Prepares the phase, waits for its turn, and runs it; nil when the turn does not come.
    ///
    /// It does not when `turn` ends without a value, or the task is cancelled; nothing prepared stays then.
    func run(
        at turn: AsyncStream<Void>,
        onReady: @escaping @Sendable () -> Void
    ) async -> Result<ExitStatus, any Error>? {
        let prepared: Result<PreparedContainer, any Error>
        let place: PreparablePlace
        do {
            place = try factory.place(of: phase, reporter: reporter)
            // A container would be made in vain where nothing has changed.
            guard phase.unchanged != .isSkipped, let prepare = place.prepare else {
                for await _ in turn { return await run(nil, onReady: onReady) }
                return nil
            }
            prepared = .success(try await prepare())
        } catch {
            for await _ in turn { return await run(.failure(error), onReady: onReady) }
            return nil
        }
        for await _ in turn { return await run(prepared, onReady: onReady) }
        if case .success(let container) = prepared { await place.discard(container) }
        return nil
    }

    /// Runs the phase, says how it went, and returns the exit status of its first failing command, or success; an error
    /// where commands could not be run, or were cancelled.
    func run(
        _ prepared: Result<PreparedContainer, any Error>? = nil,
        onReady: @escaping @Sendable () -> Void
    ) async -> Result<ExitStatus, any Error> {
        reporter.begin(stage: "\(phase.kind)")
        let clock = ContinuousClock()
        let start = clock.now
        let watch: SuccessWatch?
        do {
            watch = try await Deadline.run(within: limit) { try await unlessUnchanged() }
        } catch {
            return .failure(error)
        }
        let (copied, signal) = AsyncStream.makeStream(of: Void.self)
        async let isUntouched = watch?.isUntouched(after: copied)
        // What looking took is part of the phase's time.
        let left = limit.map { $0 - (clock.now - start) }
        let result = await runCommands(prepared, within: left) {
            signal.finish()
            onReady()
        }
        signal.finish()
        switch result {
        case .success(.success): await watch?.succeeded(isUntouched: isUntouched == true)
        case .failure where Task.isCancelled: break
        case .success, .failure: await watch?.failed()
        }
        return result
    }

    /// Looks whether the phase must run, and says why; nil where nothing is kept of it.
    ///
    /// - Throws: ``UnchangedPhase`` when it need not.
    private func unlessUnchanged() async throws -> SuccessWatch? {
        guard let gate = try factory.gate(for: phase, reporter: reporter) else { return nil }
        switch try await gate.check() {
        case .skip(let reason):
            reporter.say(.info, "\(phase.kind) is skipped: \(reason)")
            throw UnchangedPhase()
        case .run(let reason, let watch):
            if let reason { reporter.say(.info, "\(phase.kind) runs: \(reason)") }
            return watch
        }
    }

    private func runCommands(
        _ prepared: Result<PreparedContainer, any Error>?,
        within limit: Duration?,
        onReady: @escaping @Sendable () -> Void
    ) async -> Result<ExitStatus, any Error> {
        reporter.record(.phaseBegan(phase.kind))
        for notice in phase.notices { reporter.say(.info, notice) }
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let masks = SecretRelay()
            let status = try await factory.supply.serving(onHandOut: masks.tell) { endpoint in
                let runner = try factory.runner(
                    for: phase,
                    prepared,
                    endpoint: endpoint,
                    masks: masks,
                    reporter: reporter,
                    onReady: onReady
                )
                return try await Deadline.run(within: limit) { try await runner.run() }
            }
            try Task.checkCancellation()
            // The shell's own watch has ended the command, because okteto-run was stopped when the time was over.
            if status != .success, let limit, clock.now - start >= limit { throw Deadline.Passed() }
            let time = RunTime.text(clock.now - start)
            reporter.begin(stage: "done")
            if status == .success {
                reporter.say(.success, "\(phase.kind) succeeded in \(time)")
            } else {
                reporter.say(.error, "\(phase.kind) failed after \(time)")
            }
            return .success(status)
        } catch {
            return .failure(error)
        }
    }
}
