/// A suite of a JUnit report: a phase, or a run that failed without one.
struct JUnitSuite {
    let name: String
    /// What groups its cases; readers cut it at dots, so a test's own become something else.
    let className: String
    let span: RecordedSpan?
    let file: String?
    let properties: [(name: String, value: String)]
    private(set) var cases: [JUnitCase]
    /// What was printed outside of its commands.
    let output: OutputExcerpt?

    var failures: Int { cases.count { if case .failure = $0.ending { true } else { false } } }
    var errors: Int { cases.count { if case .error = $0.ending { true } else { false } } }
    var skipped: Int { cases.count { if case .skipped = $0.ending { true } else { false } } }

    /// Creates the suite of a phase.
    init(_ phase: PhaseRecord) {
        name = ReportNames.name(of: phase.outline.kind)
        className = Self.className(of: phase.outline.kind)
        span = phase.span
        file = phase.outline.commands.first?.path
        var properties: [(name: String, value: String)] = [("okteto-run.phase", phase.outline.kind.label)]
        switch phase.outline.place {
        case .shell: properties.append(("okteto-run.place", "shell"))
        case .container(let image): properties.append(("okteto-run.image", image))
        }
        for artifact in phase.artifacts { properties.append(("okteto-run.artifact", artifact.destination)) }
        self.properties = properties
        output = phase.output.isEmpty ? nil : phase.output
        cases = phase.commands.map { JUnitCase($0, in: phase) }
        let isTold = cases.contains { testCase in
            switch testCase.ending {
            case .failure, .error: true
            case .skipped, nil: false
            }
        }
        // A phase that could not be run has no command to blame.
        if !isTold, let problem = Self.problem(of: phase) {
            cases.insert(
                JUnitCase(
                    name: "prepare",
                    duration: phase.span?.duration ?? .zero,
                    problem: problem.message,
                    type: problem.type,
                    details: nil
                ),
                at: 0
            )
        }
        numberEqualNames()
    }

    /// Creates the suite of a run that failed, and none of whose phases did.
    init(of record: RunRecord) {
        name = "okteto-run"
        className = "okteto-run"
        span = RecordedSpan(start: .zero, end: record.duration)
        file = nil
        properties = []
        output = nil
        cases = [
            JUnitCase(
                name: record.command,
                duration: record.duration,
                problem: record.lastError?.text ?? "the run ended with exit status \(record.status)",
                type: record.status.meaning,
                details: record.lastError?.hint
            )
        ]
    }

    private static func problem(of phase: PhaseRecord) -> (message: String, type: String)? {
        switch phase.outcome {
        case .failed(let status, let message): (message.isEmpty ? "the phase failed" : message, status.meaning)
        case .cancelled: (phase.reason ?? "it was ended before its end", "cancelled")
        case nil where phase.span != nil: (phase.reason ?? "the run ended before it did", "unfinished")
        case .succeeded, .skipped, nil: nil
        }
    }

    private static func className(of kind: PhaseKind) -> String {
        guard case .test(let name) = kind else { return kind.label }
        return "test." + ReportNames.line(name).replacing(".", with: "_")
    }

    /// Readers take cases of one class and name for the same.
    private mutating func numberEqualNames() {
        var seen: [String: Int] = [:]
        for index in cases.indices {
            let count = seen[cases[index].name, default: 0] + 1
            seen[cases[index].name] = count
            if count > 1 { cases[index].name += " (\(count))" }
        }
    }
}
