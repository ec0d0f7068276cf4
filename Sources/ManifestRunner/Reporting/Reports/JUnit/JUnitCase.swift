/// A case of a JUnit report: a command, or what kept commands from being run.
struct JUnitCase {
    /// How it ended, where that was not well.
    enum Ending {
        case skipped(String)
        /// The command ran and failed.
        case failure(message: String, type: String)
        /// It could not be run, or not to its end.
        case error(message: String, type: String)
    }

    var name: String
    let duration: Duration
    let place: (file: String, line: Int)?
    let ending: Ending?
    /// The whole script, or what to do next.
    let details: String?
    let output: OutputExcerpt?

    /// Creates the case of a command in a phase that came out so.
    init(_ command: CommandRecord, in phase: PhaseRecord) {
        name = ReportNames.line(command.outline.title)
        duration = command.span?.duration ?? .zero
        place = (command.outline.path, command.outline.line)
        output = command.output.isEmpty ? nil : command.output
        details = command.outline.script
        ending =
            switch command.result {
            case .passed, .skipped: nil
            case .failed:
                .failure(
                    message: command.outcome?.cause ?? "failed",
                    type: command.outcome?.exitStatus.map { "exit status \($0)" } ?? "no exit status"
                )
            case .cancelled: .error(message: command.outcome?.cause ?? "was ended by okteto-run", type: "cancelled")
            case .unfinished: .error(message: "the run ended before the command did", type: "unfinished")
            case .notRun: .skipped(Self.reason(notRunIn: phase))
            }
    }

    /// Creates the case of something that is no command.
    init(name: String, duration: Duration, problem: String, type: String, details: String?) {
        self.name = name
        self.duration = duration
        place = nil
        ending = .error(message: problem, type: type)
        self.details = details
        output = nil
    }

    private static func reason(notRunIn phase: PhaseRecord) -> String {
        if phase.result == .failed { return "not run: \(phase.reason ?? "the phase failed before it")" }
        return phase.reason.map { "not run: \($0)" } ?? "not run"
    }
}
