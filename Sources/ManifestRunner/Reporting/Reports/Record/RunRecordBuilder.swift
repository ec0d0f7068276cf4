internal import ContainerExec
internal import FoundationEssentials
internal import Synchronization

/// Puts a run's events together into a ``RunRecord``.
///
/// Its size is bounded: of each command's output the beginning and the end are kept, and when a run's outputs are more
/// than 32 MiB in all, less of those of commands that have ended, the oldest that succeeded first.
final class RunRecordBuilder: RunObserver {
    /// The most bytes of output in all, beside those of commands that run.
    private static let outputBytes = 32 << 20
    /// The most messages: a run that says more is one that repeats itself.
    private static let messageCount = 10_000

    let wantsOutput: Bool
    private let state = Mutex(State())

    init(wantsOutput: Bool) {
        self.wantsOutput = wantsOutput
    }

    /// A phase that is under way.
    private struct OpenPhase {
        var record: PhaseRecord
        var start: Duration?
        var commandStarts: [Duration?]
    }

    private struct OpenStep {
        let step: RunStep
        let phase: PhaseKind?
        let start: Duration
    }

    private struct State {
        var first: RunInstant?
        var last: Duration = .zero
        var status: ExitStatus?
        var role: AssumedRole?
        var indices: [PhaseKind: Int] = [:]
        var phases: [OpenPhase] = []
        var openSteps: [OpenStep] = []
        var steps: [StepRecord] = []
        var messages: [MessageRecord] = []
        var keptBytes = 0
        /// The commands that have ended and have output, those that succeeded apart.
        var succeeded: [(phase: Int, command: Int)] = []
        var others: [(phase: Int, command: Int)] = []
    }

    func observe(_ event: RunEvent, at instant: RunInstant) {
        state.withLock { state in
            state.first = state.first ?? instant
            state.last = max(state.last, instant.elapsed)
            Self.take(event, instant.elapsed, &state)
        }
    }

    private static func take(_ event: RunEvent, _ now: Duration, _ state: inout State) {
        switch event {
        case .planned(let outlines): plan(outlines, &state)
        case .stepBegan(let step, let phase):
            state.openSteps.append(OpenStep(step: step, phase: phase, start: now))
        case .stepEnded(let step, let phase, let isSuccess):
            guard let index = state.openSteps.firstIndex(where: { $0.step == step && $0.phase == phase }) else {
                return
            }
            let open = state.openSteps.remove(at: index)
            let span = RecordedSpan(start: open.start, end: now)
            state.steps.append(StepRecord(step: step, phase: phase, span: span, isSuccess: isSuccess))
        case .assumed(let role): state.role = role
        case .phaseBegan(let kind):
            guard let phase = state.indices[kind] else { return }
            state.phases[phase].start = now
        case .commandBegan(let kind, let command):
            guard let phase = known(kind, command, state) else { return }
            state.phases[phase].commandStarts[command] = now
        case .output(let kind, let command, let target, let bytes): output(kind, command, target, bytes, &state)
        case .commandEnded(let kind, let command, let outcome):
            guard let phase = known(kind, command, state) else { return }
            let start = state.phases[phase].commandStarts[command] ?? now
            state.phases[phase].record.commands[command].span = RecordedSpan(start: start, end: now)
            state.phases[phase].record.commands[command].outcome = outcome
            finish(phase, command, outcome, &state)
        case .artifact(let kind, let artifact):
            guard let phase = state.indices[kind] else { return }
            state.phases[phase].record.artifacts.append(artifact)
        case .message(let phase, let level, let text, let hint):
            guard state.messages.count < messageCount || level == .error else { return }
            state.messages.append(MessageRecord(time: now, phase: phase, level: level, text: text, hint: hint))
        case .phaseEnded(let kind, let outcome):
            guard let phase = state.indices[kind] else { return }
            state.phases[phase].record.outcome = outcome
            if let start = state.phases[phase].start {
                state.phases[phase].record.span = RecordedSpan(start: start, end: now)
            }
        case .ended(let status): state.status = status
        }
    }

    private static func plan(_ outlines: [PhaseOutline], _ state: inout State) {
        for outline in outlines where state.indices[outline.kind] == nil {
            state.indices[outline.kind] = state.phases.count
            let commands = outline.commands.map { CommandRecord(outline: $0) }
            state.phases.append(
                OpenPhase(
                    record: PhaseRecord(outline: outline, commands: commands),
                    start: nil,
                    commandStarts: [Duration?](repeating: nil, count: commands.count)
                )
            )
        }
    }

    /// The place of a phase that has that command.
    private static func known(_ kind: PhaseKind, _ command: Int, _ state: State) -> Int? {
        guard let phase = state.indices[kind], state.phases[phase].commandStarts.indices.contains(command) else {
            return nil
        }
        return phase
    }

    private static func output(
        _ kind: PhaseKind,
        _ command: Int?,
        _ target: OutputWriter.Target,
        _ bytes: [UInt8],
        _ state: inout State
    ) {
        guard let command else {
            guard let phase = state.indices[kind] else { return }
            return state.phases[phase].record.output.append(bytes, to: target)
        }
        guard let phase = known(kind, command, state) else { return }
        state.phases[phase].record.commands[command].output.append(bytes, to: target)
    }

    /// Counts the output of a command that has ended, and makes room for it.
    private static func finish(_ phase: Int, _ command: Int, _ outcome: CommandOutcome, _ state: inout State) {
        let kept = state.phases[phase].record.commands[command].output.keptBytes
        guard kept > OutputExcerpt.Bounds.small.head + OutputExcerpt.Bounds.small.tail else { return }
        state.keptBytes += kept
        if outcome == .success {
            state.succeeded.append((phase, command))
        } else {
            state.others.append((phase, command))
        }
        while state.keptBytes > outputBytes {
            let place: (phase: Int, command: Int)
            if !state.succeeded.isEmpty {
                place = state.succeeded.removeFirst()
            } else if !state.others.isEmpty {
                place = state.others.removeFirst()
            } else {
                return
            }
            state.keptBytes -= state.phases[place.phase].record.commands[place.command].output.keptBytes
            state.phases[place.phase].record.commands[place.command].output.shrink(to: .small)
        }
    }

    /// Returns the record of what has happened so far; what is under way lasts until now.
    func record(command: String, version: String, masker: SecretMasker = SecretMasker()) -> RunRecord {
        state.withLock { state in
            let end = state.last
            let phases = state.phases.map { open in
                var record = open.record
                for (index, start) in open.commandStarts.enumerated() where record.commands[index].span == nil {
                    record.commands[index].span = start.map { RecordedSpan(start: $0, end: end) }
                }
                record.span = record.span ?? open.start.map { RecordedSpan(start: $0, end: end) }
                return record.masked(by: masker)
            }
            let open = state.openSteps.map { step in
                let span = RecordedSpan(start: step.start, end: end)
                return StepRecord(step: step.step, phase: step.phase, span: span, isSuccess: nil)
            }
            let first = state.first.map { $0.date.addingTimeInterval(-($0.elapsed / .seconds(1))) }
            return RunRecord(
                command: command,
                version: version,
                start: first ?? Date(),
                duration: end,
                status: state.status ?? .success,
                role: state.role,
                steps: (state.steps + open).sorted { one, other in
                    // Of two that began together the longer has the other within it.
                    (one.span.start, other.span.end) < (other.span.start, one.span.end)
                },
                phases: phases,
                messages: state.messages.map { message in
                    MessageRecord(
                        time: message.time,
                        phase: message.phase,
                        level: message.level,
                        text: masker.masked(message.text),
                        hint: message.hint.map(masker.masked)
                    )
                },
                masker: masker
            )
        }
    }
}
