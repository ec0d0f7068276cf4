/// Runs the phases of a plan, several at once, each when all that it depends on have succeeded.
struct GraphRunner: Sendable {
    let plan: ExecutionPlan
    let factory: PhaseFactory
    let reporter: Reporter

    /// What the tasks of the group have to tell.
    private enum Event: Sendable {
        /// The commands of a phase have begun, or never will.
        case ready
        /// A phase has ended; nil where its turn did not come.
        case ended(Int, Result<ExitStatus, any Error>?)
    }

    /// The phases whose containers are made ahead of their turn.
    private typealias Prepared = [Int: AsyncStream<Void>.Continuation]

    /// Runs the plan and returns the exit status of the first phase, in its order, that failed, or success.
    ///
    /// - Throws: what keeps the only phase's commands from being run, or those of every phase: no credentials;
    ///   `CancellationError` where the run was cancelled.
    func run() async throws -> ExitStatus {
        let start = ContinuousClock.now
        var schedule = PhaseSchedule(plan.phases, jobs: plan.jobsAtOnce)
        var results = PhaseResults(plan.phases)
        await withTaskGroup(of: Event.self) { group in
            var prepared: Prepared = [:]
            begin(&schedule, &prepared, &group)
            while let event = await group.next() {
                // One whose turn did not come has been told of when that was known.
                guard case .ended(let index, let result?) = event else {
                    if case .ready = event { prepareNext(schedule, &prepared, &group) }
                    continue
                }
                let isSuccess = end(index, result, &results, isStopping: group.isCancelled || Task.isCancelled)
                for (skipped, cause) in schedule.end(index, isSuccess: isSuccess) {
                    skip(skipped, .dependency(plan.phases[cause].kind), &results, &prepared)
                }
                if Task.isCancelled || results.obstacle != nil || (!isSuccess && plan.stopsAtFailure) {
                    group.cancelAll()
                    for phase in schedule.stop() { skip(phase, .stopped, &results, &prepared) }
                }
                begin(&schedule, &prepared, &group)
            }
        }
        reporter.begin(stage: "done")
        reporter.summarize()
        let status = try results.status()
        guard plan.phases.count > 1 else { return status }
        let time = RunTime.text(.now - start)
        if status == .success {
            reporter.say(.success, "\(results.summary) in \(time)")
        } else {
            reporter.say(.error, "\(results.summary), after \(time)", details: status.details)
        }
        return status
    }

    /// Begins all phases that may begin.
    private func begin(_ schedule: inout PhaseSchedule, _ prepared: inout Prepared, _ group: inout TaskGroup<Event>) {
        while let index = schedule.begin(preferring: { prepared[$0] != nil }) {
            if let turn = prepared.removeValue(forKey: index) {
                turn.yield()
                turn.finish()
                continue
            }
            let turn = turn(of: index)
            let onReady = readiness(&group)
            group.addTask {
                defer { onReady.finish() }
                return .ended(index, await turn.run { onReady.finish() })
            }
        }
    }

    /// Prepares the next phase ahead, where none is.
    ///
    /// That is done while others' commands run, not while their containers are made: the engine makes one at a time.
    private func prepareNext(_ schedule: PhaseSchedule, _ prepared: inout Prepared, _ group: inout TaskGroup<Event>) {
        guard prepared.isEmpty, let index = schedule.waiting.first, !Task.isCancelled else { return }
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        prepared[index] = continuation
        let turn = turn(of: index)
        let onReady = readiness(&group)
        group.addTask {
            defer { onReady.finish() }
            return .ended(index, await turn.run(at: stream) { onReady.finish() })
        }
    }

    /// Returns what to finish when a phase's commands begin.
    private func readiness(_ group: inout TaskGroup<Event>) -> AsyncStream<Void>.Continuation {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        group.addTask {
            for await _ in stream {}
            return .ready
        }
        return continuation
    }

    private func turn(of index: Int) -> PhaseTurn {
        let phase = plan.phases[index]
        return PhaseTurn(
            phase: phase,
            factory: factory,
            reporter: reporter.of(phase.kind),
            limit: factory.options.timeout?.duration
        )
    }

    /// Takes in how a phase ended, and returns whether it succeeded.
    private func end(
        _ index: Int,
        _ result: Result<ExitStatus, any Error>,
        _ results: inout PhaseResults,
        isStopping: Bool
    ) -> Bool {
        let kind = plan.phases[index].kind
        if case .failure(is UnchangedPhase) = result {
            results.add(.unchanged, of: index)
            reporter.record(.phaseEnded(kind, .skipped(.unchanged)))
            return true
        }
        let outcome = results.add(result, of: index, isStopping: isStopping)
        // The run itself says what became of its only phase, and what became of all of them.
        if plan.phases.count > 1, results.obstacle == nil, case .failure(let error) = result {
            let reporter = reporter.of(kind)
            if case .cancelled = outcome {
                let command = (error as? InterruptedCommand).map { ": \($0.description)" } ?? ""
                reporter.say(.warning, "\(kind) was ended\(command)")
            } else {
                let failure = RunFailure(error)
                reporter.say(.error, "\(kind) failed: \(failure.message)", hint: failure.hint)
            }
        }
        reporter.record(.phaseEnded(kind, outcome))
        return outcome.isSuccess
    }

    private func skip(
        _ index: Int,
        _ reason: SkipReason,
        _ results: inout PhaseResults,
        _ prepared: inout Prepared
    ) {
        let kind = plan.phases[index].kind
        results.add(reason, of: index)
        prepared.removeValue(forKey: index)?.finish()
        if case .dependency = reason { reporter.of(kind).say(.warning, "\(kind) is skipped: \(reason)") }
        reporter.record(.phaseEnded(kind, .skipped(reason)))
    }
}
