internal import YAMLSource

/// The rows that show a run below its output: a table of its phases where there are several, and what is waited for.
struct BoardView {
    /// A mark that turns, by the time since the start.
    static func spinner(at elapsed: Duration) -> String {
        ["|", "/", "-", "\\"][Int(max(elapsed, .zero) / .milliseconds(200)) % 4]
    }

    /// How long the run waits for a step that does not tell how far it is before it is shown.
    private static let silence = Duration.milliseconds(500)

    let size: TerminalSize
    let isColoured: Bool
    /// Masks the secrets in what others have said: a command may have one in its name.
    var concealed: (String) -> String = { $0 }

    /// Returns the rows: a third of the screen at most, each short of its width.
    ///
    /// `activities` tell how far they are, each with the time since its start; `now` is the time since the run's start.
    func rows(
        of board: RunBoard,
        _ activities: [(activity: Activity, elapsed: Duration)],
        at now: Duration
    ) -> [LiveRow] {
        guard board.end == nil else { return [] }
        guard board.phases.count > 1 else { return waits(of: board, activities, at: now) }
        let room = max(size.rows / 3, 1)
        let shown = ranked(board.phases).prefix(room - 1)
        let width = min(board.phases.map { DisplayWidth.columns(of: $0.name) }.max() ?? 0, max(size.columns / 4, 8))
        var rows = shown.map { phase in
            let own = activities.last { $0.activity.phase == phase.outline.kind }?.activity
            return row(phase, nameWidth: width, progress: own.map(Self.words), at: now)
        }
        let run = activities.last { $0.activity.phase == nil }?.activity
        rows.append(footer(board, waitingFor: run.map(Self.words), at: now))
        // The last column stays free: some terminals wrap when it is written to.
        return rows.map { $0.fitted(to: max(size.columns - 1, 1)) }
    }

    private static func words(_ activity: Activity) -> String {
        let summary = activity.handle.state.summary
        return summary.isEmpty ? activity.title : activity.title + "  " + summary
    }

    /// What a run of one phase waits for, one row.
    private func waits(
        of board: RunBoard,
        _ activities: [(activity: Activity, elapsed: Duration)],
        at now: Duration
    ) -> [LiveRow] {
        if let (activity, elapsed) = activities.last {
            let text = ProgressLine.text(
                title: concealed(PrintableText.escaped(activity.title)),
                state: activity.handle.state,
                elapsed: elapsed,
                columns: size.columns
            )
            return [LiveRow(text)]
        }
        let phase = board.phases.first
        guard phase?.command == nil, let step = (board.steps + (phase?.steps ?? [])).last,
            now - step.start >= Self.silence
        else { return [] }
        let text = ProgressLine.text(
            title: step.step.title,
            state: ProgressState(),
            elapsed: now - step.start,
            columns: size.columns
        )
        return [LiveRow(text)]
    }

    /// The phases, the most telling first: what runs, what is prepared, what failed, what comes next, what is over.
    private func ranked(_ phases: [PhaseStatus]) -> [PhaseStatus] {
        let ranks = phases.enumerated().map { index, phase -> (rank: Int, order: Duration, index: Int) in
            let last = Duration.zero - (phase.end ?? .zero)
            return switch phase.outcome {
            case nil where phase.command != nil: (0, phase.start ?? .zero, index)
            case nil where phase.start != nil || !phase.steps.isEmpty: (1, phase.start ?? .seconds(1 << 40), index)
            case nil: (3, .zero, index)
            case .failed: (2, last, index)
            case .cancelled: (2, last, index)
            case .succeeded: (4, last, index)
            case .skipped: (5, last, index)
            }
        }
        return ranks.sorted { ($0.rank, $0.order, $0.index) < ($1.rank, $1.order, $1.index) }.map { phases[$0.index] }
    }

    private func row(_ phase: PhaseStatus, nameWidth: Int, progress: String?, at now: Duration) -> LiveRow {
        var row = LiveRow()
        let mark = PhaseMark(phase.outcome, spinner: phase.isActive ? Self.spinner(at: now) : nil)
        row.add(" \(mark.symbol)  ", colour: isColoured ? mark.colour : nil)
        let room = max(size.columns - 1 - row.columns, 0)
        let name = DisplayWidth.padded(DisplayWidth.fitted(phase.name, to: nameWidth), to: nameWidth)
        row.add(DisplayWidth.fitted(name, to: room))
        let time = phase.command.map { now - $0.start } ?? phase.time(at: now)
        let text = time.map(RunTime.text) ?? ""
        let gap = String(repeating: " ", count: max(7 - text.count, 1))
        let rest = gap + text + "  " + concealed(words(phase, progress))
        row.add(DisplayWidth.fitted(rest, to: max(size.columns - 1 - row.columns, 0)))
        return row
    }

    private func words(_ phase: PhaseStatus, _ progress: String?) -> String {
        if let outcome = phase.outcome {
            return switch outcome {
            case .succeeded: "passed"
            case .failed: phase.cause ?? "failed"
            case .cancelled: "cancelled"
            case .skipped(let reason): "skipped: " + PrintableText.escaped("\(reason)")
            }
        }
        if let command = phase.command {
            let commands = phase.outline.commands
            guard commands.indices.contains(command.index) else { return "" }
            let place = commands.count > 1 ? "\(command.index + 1)/\(commands.count)  " : ""
            return place + PrintableText.escaped(commands[command.index].title)
        }
        if let progress { return PrintableText.escaped(progress) }
        if let step = phase.steps.last { return step.step.title }
        if phase.start != nil { return "preparing" }
        let names = phase.outline.dependencies.map(\.shortName)
        return names.isEmpty ? "waiting" : "waiting for " + names.joined(separator: ", ")
    }

    /// `12 passed · 1 failed · 3 running · 4 waiting  1m02s`, shorter where that does not fit.
    private func footer(_ board: RunBoard, waitingFor step: String?, at now: Duration) -> LiveRow {
        let counts = BoardCounts(board)
        var row = LiveRow()
        row.add(" ")
        let time = RunTime.text(now)
        let room = size.columns - 2
        let long = counts.parts.map { "\($0.count) \($0.word)" }.joined(separator: " · ")
        let fits = DisplayWidth.columns(of: long) + 2 + time.count <= room
        for (index, part) in counts.parts.enumerated() {
            if index > 0 { row.add(fits ? " · " : " ") }
            let text = fits ? "\(part.count) \(part.word)" : "\(part.count)\(part.sign)"
            row.add(text, colour: isColoured ? part.colour : nil)
        }
        row.add("  " + time)
        let pending = step ?? board.steps.last.flatMap { now - $0.start >= Self.silence ? $0.step.title : nil }
        if let pending {
            row.add(DisplayWidth.fitted("  " + concealed(PrintableText.escaped(pending)), to: room - row.columns))
        }
        return row
    }
}
