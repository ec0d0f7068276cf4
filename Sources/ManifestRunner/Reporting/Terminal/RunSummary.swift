internal import YAMLSource

/// What became of a run, for its end.
struct RunSummary {
    /// A run that was shorter needs no account of its time.
    private static let shortest = Duration.seconds(5)

    let board: RunBoard
    /// The time since the run's start.
    let elapsed: Duration

    /// One line for each phase, where there are several: mark, name, time, and why it failed or did not run.
    ///
    /// `columns` is the width of a terminal, to which lines are cut, or nil.
    func table(columns: Int?, isColoured: Bool) -> String {
        guard board.phases.count > 1 else { return "" }
        let widest = board.phases.map { DisplayWidth.columns(of: $0.name) }.max() ?? 0
        let width = min(widest, columns.map { max($0 / 2, 8) } ?? widest)
        return board.phases.map { phase in
            var row = LiveRow()
            let mark = PhaseMark(phase.outcome)
            row.add(" \(mark.symbol)  ", colour: isColoured ? mark.colour : nil)
            let name = DisplayWidth.padded(DisplayWidth.fitted(phase.name, to: width), to: width)
            let time = phase.start == nil ? "" : phase.time(at: elapsed).map(RunTime.text) ?? ""
            var rest = name + String(repeating: " ", count: max(7 - time.count, 1)) + time
            if let reason = Self.reason(phase) { rest += "  " + reason }
            row.add(columns.map { DisplayWidth.fitted(rest, to: $0 - row.columns) } ?? rest)
            return row.text + "\n"
        }.joined()
    }

    /// Where the time went, in a line; empty for a short run.
    var timeSpent: String {
        let spent = board.spent.summary
        guard elapsed >= Self.shortest, !spent.isEmpty else { return "" }
        // Of phases side by side it is more than the run has taken.
        return board.phases.count > 1 ? "time spent in all tests: \(spent)" : "time spent: \(spent)"
    }

    /// The command that runs again what failed, with the manifest that was chosen; nil where that is not a test.
    func nextStep(_ manifest: String?) -> String? {
        let failed = board.phases.filter { if case .failed = $0.outcome { true } else { false } }
        let names = failed.compactMap { phase -> String? in
            if case .test(let name) = phase.outline.kind { name } else { nil }
        }
        guard !names.isEmpty, names.count == failed.count else { return nil }
        let chosen = manifest.map { ["-f", Self.quoted($0)] } ?? []
        return (["okteto-run", "test"] + chosen + names.map(Self.quoted)).joined(separator: " ")
    }

    /// The phases as a JSON array.
    var json: String {
        let phases = board.phases.map { phase in
            let milliseconds = phase.time(at: elapsed).map { Int($0 / .milliseconds(1)) } ?? 0
            let reason = Self.reason(phase).map { ",\"reason\":\(JSONLine.quote($0))" } ?? ""
            let name = JSONLine.quote(phase.outline.kind.path)
            let outcome = Self.word(phase.outcome)
            return "{\"phase\":\(name),\"outcome\":\"\(outcome)\",\"milliseconds\":\(milliseconds)\(reason)}"
        }
        return "[" + phases.joined(separator: ",") + "]"
    }

    private static func word(_ outcome: PhaseOutcome?) -> String {
        switch outcome {
        case .succeeded: "passed"
        case .failed: "failed"
        case .cancelled, nil: "cancelled"
        case .skipped(.unchanged): "unchanged"
        case .skipped: "skipped"
        }
    }

    private static func reason(_ phase: PhaseStatus) -> String? {
        switch phase.outcome {
        case .succeeded: nil
        case .failed: phase.cause ?? "failed"
        case .cancelled: "ended before its end"
        case .skipped(let reason): PrintableText.escaped("\(reason)")
        case nil: "not run to its end"
        }
    }

    /// A word as a POSIX shell takes it, on one line.
    private static func quoted(_ word: String) -> String {
        let safe = "_-./:@%+,=".utf8
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || safe.contains(byte)
        }
        return isPlain && !word.isEmpty ? word : "'" + PrintableText.escaped(word).replacing("'", with: "'\\''") + "'"
    }
}
