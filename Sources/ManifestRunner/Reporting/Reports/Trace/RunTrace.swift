internal import ProcessEnvironment
internal import Synchronization

/// The trace of a run: which spans its commands are told that they are part of, and the spans when it is over.
final class RunTrace: Sendable {
    /// What the run itself is part of; nil where it begins the trace.
    private let parent: TraceContext?
    private let context: TraceContext
    private let identifiers = Mutex<[TraceSpan.Subject: String]>([:])

    /// Creates a trace, or a part of the one that `parent` is in.
    init(parent: TraceContext?) {
        self.parent = parent
        let own = parent?.with(spanID: TraceContext.identifier(words: 1)) ?? TraceContext()
        context = own
        identifiers.withLock { $0[.run] = own.spanID }
    }

    /// Whether it is recorded: a caller that does not record its own trace wants no part of it recorded.
    var isSampled: Bool { context.isSampled }

    var traceID: String { context.traceID }

    /// Returns the variables that tell a command which span it is.
    func variables(ofCommand command: Int, in phase: PhaseKind) -> EnvironmentVariables {
        let own = context.with(spanID: identifier(of: .command(phase, command)))
        var variables: EnvironmentVariables = ["TRACEPARENT": own.parent]
        variables["TRACESTATE"] = own.state
        return variables
    }

    private func identifier(of subject: TraceSpan.Subject) -> String {
        identifiers.withLock { identifiers in
            if let known = identifiers[subject] { return known }
            let new = TraceContext.identifier(words: 1)
            identifiers[subject] = new
            return new
        }
    }

    /// Returns the spans of a run that is over.
    func spans(of record: RunRecord) -> [TraceSpan] {
        var run: [(name: String, value: TraceSpan.Value)] = [
            ("okteto_run.command", .text(record.command)), ("process.exit.code", .number(Int(record.status.code))),
        ]
        if let role = record.role { run.append(("okteto_run.assumed_role", .text(role.arn))) }
        let whole = RecordedSpan(start: .zero, end: record.duration)
        let failure = record.status == .success ? nil : record.lastError?.text ?? record.status.meaning
        var spans = [span(.run, "okteto-run \(record.command)", whole, run, failure, parent: parent?.spanID)]
        let begun = Set(record.phases.filter { $0.span != nil }.map(\.outline.kind))
        for step in record.steps {
            // What was made ahead for a phase that never began is the run's.
            let parent = step.phase.flatMap { begun.contains($0) ? .phase($0) : nil } ?? TraceSpan.Subject.run
            let failure = step.isSuccess == false ? "\(step.step.rawValue) failed" : nil
            let name = step.step == .credentials ? "exchange" : step.step.rawValue
            let attributes = step.phase.map { [(name: "okteto_run.phase", value: TraceSpan.Value.text($0.path))] } ?? []
            spans.append(
                span(.step(step.step, step.phase), name, step.span, attributes, failure, parent: identifier(of: parent))
            )
        }
        for phase in record.phases { spans += self.spans(of: phase) }
        return spans
    }

    private func spans(of phase: PhaseRecord) -> [TraceSpan] {
        guard let own = phase.span else { return [] }
        let kind = phase.outline.kind
        var attributes: [(name: String, value: TraceSpan.Value)] = [
            ("okteto_run.phase", .text(kind.path)), ("okteto_run.result", .text(phase.result.rawValue)),
        ]
        if case .container(let image) = phase.outline.place {
            attributes.append(("container.image.name", .text(image)))
        }
        let failure = phase.result.isGood ? nil : phase.reason ?? phase.result.rawValue
        let parent = identifier(of: .phase(kind))
        let first = span(.phase(kind), kind.path, own, attributes, failure, parent: identifier(of: .run))
        return [first]
            + phase.commands.enumerated().compactMap { index, command in
                guard let own = command.span else { return nil }
                var attributes: [(name: String, value: TraceSpan.Value)] = [
                    ("okteto_run.phase", .text(kind.path)), ("code.file.path", .text(command.outline.path)),
                    ("code.line.number", .number(command.outline.line)),
                ]
                if let status = command.outcome?.exitStatus {
                    attributes.append(("process.exit.code", .number(Int(status))))
                }
                let failure = command.result == .passed ? nil : command.outcome?.cause ?? command.result.rawValue
                return span(.command(kind, index), command.outline.title, own, attributes, failure, parent: parent)
            }
    }

    private func span(
        _ subject: TraceSpan.Subject,
        _ name: String,
        _ span: RecordedSpan,
        _ attributes: [(name: String, value: TraceSpan.Value)],
        _ failure: String?,
        parent: String?
    ) -> TraceSpan {
        TraceSpan(
            subject: subject,
            // A step may be there more than once, as a renewal of credentials is.
            spanID: {
                if case .step = subject { TraceContext.identifier(words: 1) } else { identifier(of: subject) }
            }(),
            parentID: parent,
            name: ReportNames.line(name),
            span: span,
            attributes: attributes,
            failure: failure
        )
    }
}
