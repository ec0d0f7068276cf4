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

    /// Returns how much of a run's time each took, those that took any; the sum is the run's time.
    static func breakdown(of record: RunRecord) -> [(use: TimeUse, duration: Duration)] {
        var changes: [(time: Duration, use: TimeUse, difference: Int)] = []
        func add(_ span: RecordedSpan, _ use: TimeUse) {
            changes.append((span.start, use, 1))
            changes.append((span.end, use, -1))
        }
        for span in record.commands.compactMap(\.span) { add(span, .commands) }
        for step in record.steps { add(step.span, TimeUse(step.step)) }
        changes.sort { $0.time < $1.time }
        var open: [TimeUse: Int] = [:]
        var sums: [TimeUse: Duration] = [:]
        var now = Duration.zero
        for change in changes + [(record.duration, .other, 0)] {
            let use = allCases.first { open[$0, default: 0] > 0 } ?? .other
            sums[use, default: .zero] += max(change.time - now, .zero)
            now = max(now, change.time)
            open[change.use, default: 0] += change.difference
        }
        return allCases.compactMap { use in
            sums[use].flatMap { $0 > .zero ? (use, $0) : nil }
        }
    }
}
