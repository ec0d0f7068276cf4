/// The state of a run, made from its events.
struct RunBoard: Sendable {
    /// The phases, in the plan's order.
    private(set) var phases: [PhaseStatus] = []
    /// What the run itself waits for, the latest last.
    private(set) var steps: [OpenStep] = []
    private(set) var spent = TimeSpent()
    /// When the run ended, from its start.
    private(set) var end: Duration?
    private var places: [PhaseKind: Int] = [:]

    /// Takes in an event, so long after the run's start.
    mutating func observe(_ event: RunEvent, at now: Duration) {
        switch event {
        case .planned(let outlines):
            phases = outlines.map(PhaseStatus.init)
            places = [:]
            for (index, outline) in outlines.enumerated() { places[outline.kind] = index }
        case .stepBegan(let step, let kind):
            change(kind) { $0.append(OpenStep(step: step, start: now)) }
        case .stepEnded(let step, let kind, _):
            end(step, of: kind, at: now)
        case .phaseBegan(let kind):
            change(kind) { $0.start = now }
        case .commandBegan(let kind, let index):
            change(kind) { $0.command = (index, now) }
        case .commandEnded(let kind, let index, let outcome):
            endCommand(kind, index, outcome, at: now)
        case .phaseEnded(let kind, let outcome):
            change(kind) { phase in
                phase.outcome = outcome
                phase.end = now
                phase.command = nil
                phase.steps = []
            }
        case .ended:
            end = now
        case .assumed, .output, .artifact, .message:
            break
        }
    }

    private mutating func change(_ kind: PhaseKind, _ body: (inout PhaseStatus) -> Void) {
        guard let place = places[kind] else { return }
        body(&phases[place])
    }

    private mutating func change(_ kind: PhaseKind?, _ body: (inout [OpenStep]) -> Void) {
        guard let kind else { return body(&steps) }
        change(kind) { body(&$0.steps) }
    }

    private mutating func end(_ step: RunStep, of kind: PhaseKind?, at now: Duration) {
        var time = Duration.zero
        change(kind) { steps in
            guard let index = steps.lastIndex(where: { $0.step == step }) else { return }
            let ended = steps.remove(at: index)
            let whole = now - ended.start
            time = whole - ended.nested
            // An image is pulled in the course of a start; other steps go side by side.
            if step == .pull, let outer = steps.lastIndex(where: { $0.step == .start }) { steps[outer].nested += whole }
        }
        spent.add(time, of: step)
    }

    private mutating func endCommand(_ kind: PhaseKind, _ index: Int, _ outcome: CommandOutcome, at now: Duration) {
        var time = Duration.zero
        change(kind) { phase in
            if let command = phase.command, command.index == index { time = now - command.start }
            phase.command = nil
            if outcome.cause != nil, phase.failure == nil { phase.failure = (index, outcome) }
        }
        spent.commands += time
    }
}
