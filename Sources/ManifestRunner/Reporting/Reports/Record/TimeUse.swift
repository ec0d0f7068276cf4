/// What a moment of a run was spent on.
///
/// Phases may run at once, so that several of these go on in one moment; it counts for the first of them in this order.
enum TimeUse: String, Sendable, Hashable, CaseIterable {
    case commands
    case pull
    case upload
    case start
    case artifacts
    case credentials
    case connect
    /// None of the others: between them, planning and cleaning up.
    case other

    private init(_ step: RunStep) {
        self =
            switch step {
            case .connect: .connect
            case .credentials: .credentials
            case .pull: .pull
            case .start: .start
            case .upload: .upload
            case .artifacts: .artifacts
            }
    }

    /// A beginning or an end.
    private struct Change {
        let time: Duration
        let use: TimeUse
        /// Whether nobody waited for it yet, since it was made ahead for a phase whose turn had not come.
        let isAhead: Bool
        let difference: Int
    }

    /// Returns how much of a run's time each took, those that took any; the sum is the run's time.
    ///
    /// What was made ahead of its phase's turn counts where nothing else was under way.
    static func breakdown(of record: RunRecord) -> [(use: TimeUse, duration: Duration)] {
        let changes = changes(of: record).sorted { $0.time < $1.time }
        let end = Change(time: record.duration, use: .other, isAhead: false, difference: 0)
        var open: [Bool: [TimeUse: Int]] = [false: [:], true: [:]]
        var sums: [TimeUse: Duration] = [:]
        var now = Duration.zero
        for change in changes + [end] {
            let use = [false, true].lazy.compactMap { isAhead in
                allCases.first { open[isAhead]?[$0, default: 0] ?? 0 > 0 }
            }.first
            sums[use ?? .other, default: .zero] += max(change.time - now, .zero)
            now = max(now, change.time)
            open[change.isAhead]?[change.use, default: 0] += change.difference
        }
        return allCases.compactMap { use in
            sums[use].flatMap { $0 > .zero ? (use, $0) : nil }
        }
    }

    private static func changes(of record: RunRecord) -> [Change] {
        var changes: [Change] = []
        func add(_ start: Duration, _ end: Duration, _ use: TimeUse, isAhead: Bool = false) {
            guard start < end else { return }
            changes.append(Change(time: start, use: use, isAhead: isAhead, difference: 1))
            changes.append(Change(time: end, use: use, isAhead: isAhead, difference: -1))
        }
        for span in record.commands.compactMap(\.span) { add(span.start, span.end, .commands) }
        let starts = Dictionary(record.phases.map { ($0.outline.kind, $0.span?.start) }) { first, _ in first }
        for step in record.steps {
            let turn = step.phase.map { starts[$0].flatMap { $0 } ?? step.span.end } ?? step.span.start
            add(step.span.start, min(turn, step.span.end), TimeUse(step.step), isAhead: true)
            add(max(turn, step.span.start), step.span.end, TimeUse(step.step))
        }
        return changes
    }
}
