internal import ContainerExec
internal import FoundationEssentials
internal import ProcessEnvironment
internal import Synchronization
internal import YAMLSource

/// Shows a run, or one phase of it: the commands' output as it comes, and okteto-run's own lines around it; and tells
/// the run's journal of both.
///
/// In `tty` and `plain` standard output belongs to the commands, and okteto-run speaks on standard error; in `json`
/// everything is an object on standard output.
final class Reporter: Sendable {
    /// How serious a line of okteto-run's own is.
    enum Level: String, Sendable {
        case info
        case success
        case warning = "warn"
        case error
    }

    private struct State {
        var stage = ""
        /// The place of the command that runs, in a phase's reporter.
        var command: Int?
    }

    private let display: RunDisplay
    private let writer: OutputWriter
    private let runnerMasks: RunnerMasks?
    private let masks: ReporterMasks
    private let journal: RunJournal
    /// The phase that is shown; nil for the run.
    let phase: PhaseKind?
    /// The way of its output among that of other phases; nil where it is alone.
    private let lane: (any OutputLane)?
    private let state = Mutex(State())
    /// The commands' lines where output is made of lines; a thread that holds it may wait for a slow reader.
    private let lines: Mutex<[JSONOutputLines]>

    /// Creates a reporter of a run on a display; `runnerMasks` tells a CI job's runner of secrets; `journal` is told of
    /// what happens.
    init(_ display: RunDisplay, runnerMasks: RunnerMasks? = nil, journal: RunJournal) {
        self.display = display
        self.runnerMasks = runnerMasks
        self.journal = journal
        writer = display.writer
        masks = display.masks
        phase = nil
        lane = nil
        lines = Mutex(Self.lines(of: nil))
    }

    private init(_ run: Reporter, phase: PhaseKind) {
        display = run.display
        runnerMasks = run.runnerMasks
        journal = run.journal
        writer = run.writer
        masks = run.masks
        self.phase = phase
        lane = run.display.lanes?.lane(of: phase)
        lines = Mutex(Self.lines(of: phase))
    }

    var format: LogOutput { display.format }

    /// What redraws rows on the terminal; nil where nothing is redrawn.
    var live: LiveView? { display.live }

    /// Gives each phase a lane for its output, where several may run at once.
    func arrange(_ phases: [PhaseKind]) { display.lanes?.arrange(phases) }

    private static func lines(of phase: PhaseKind?) -> [JSONOutputLines] {
        OutputWriter.Target.allCases.map { JSONOutputLines(stream: name($0), extra: origin(of: phase)) }
    }

    /// Returns a reporter of one phase of the run, which has a stage and unfinished lines of its own.
    func of(_ phase: PhaseKind) -> Reporter { Reporter(self, phase: phase) }

    /// Tells the journal of an event.
    func record(_ event: RunEvent) { journal.record(event) }

    /// Returns the variables that tell a command of this phase which trace it is part of; nil where there is none.
    func traceVariables(ofCommand command: Int) -> EnvironmentVariables? {
        phase.flatMap { journal.trace?.variables(ofCommand: command, in: $0) }
    }

    /// What masks the secrets that are known by now.
    var masker: SecretMasker { masks.current }

    /// Does work that the run, or the phase, waits for, and tells the journal of it.
    ///
    /// - Throws: what `work` throws.
    func step<Value>(_ step: RunStep, _ work: () async throws -> Value) async rethrows -> Value {
        var isSuccess = false
        record(.stepBegan(step, phase))
        defer { record(.stepEnded(step, phase, isSuccess: isSuccess)) }
        let value = try await work()
        isSuccess = true
        return value
    }

    /// Masks secrets in okteto-run's own lines from now on.
    ///
    /// No message is made of a secret; but some cite what a server or a program said, and that may be anything. A CI job's
    /// runner masks them too, in what other programs of the job print.
    func conceal(_ secrets: [Secret]) {
        masks.add(secrets)
        guard let lines = runnerMasks?.lines(for: secrets), !lines.isEmpty else { return }
        writer.writeLines(lines, to: .standardOutput)
    }

    /// Begins a stage, Okteto's word for a command's name in the output.
    ///
    /// `command` is the place of the command that begins, where it is one.
    func begin(stage: String, command: Int? = nil) {
        finishLines()
        state.withLock { state in
            state.stage = stage
            state.command = command
        }
        guard let phase, let command else { return }
        runnerMasks?.close()
        record(.commandBegan(phase, command))
    }

    /// A command has ended.
    func end(command: Int, _ outcome: CommandOutcome) {
        finishLines()
        state.withLock { $0.command = nil }
        if let phase { record(.commandEnded(phase, command, outcome)) }
    }

    /// Passes a command's output on.
    func output(_ bytes: RawSpan, to target: OutputWriter.Target) {
        if let phase, journal.wantsOutput {
            let command = state.withLock { $0.command }
            record(.output(phase, command: command, target, unsafe bytes.withUnsafeBytes { unsafe Array($0) }))
        }
        guard format == .json else { return pass(bytes, to: target) }
        passLines(of: target) { $0.consume(bytes, emit: $1) }
    }

    private func passLines(
        of target: OutputWriter.Target,
        _ body: (inout JSONOutputLines, (RawSpan) -> Void) -> Void
    ) {
        let stage = state.withLock { $0.stage }
        var hasReader = true
        lines.withLock { lines in
            lines[target.rawValue].begin(stage: stage, at: Date())
            body(&lines[target.rawValue]) { bytes in
                if !writer.write(bytes, to: .standardOutput) { hasReader = false }
            }
        }
        if !hasReader { sayReaderHasGone(.standardOutput) }
    }

    /// Why output was lost, or nil; a reader that has gone is no reason.
    var lostOutput: String? { writer.failure }

    private func pass(_ bytes: RawSpan, to target: OutputWriter.Target) {
        guard !(lane?.write(bytes, to: target) ?? writer.write(bytes, to: target)) else { return }
        sayReaderHasGone(target)
    }

    private func sayReaderHasGone(_ target: OutputWriter.Target) {
        let name = target == .standardOutput ? "standard output" : "standard error"
        say(.warning, "the reader of \(name) has gone: the commands go on, and what they print there is dropped")
    }

    private static func name(_ target: OutputWriter.Target) -> String {
        target == .standardOutput ? "stdout" : "stderr"
    }

    /// Shows a line of okteto-run's own; `hint` is the next step.
    func say(_ level: Level, _ message: String, hint: String? = nil, details: [(key: String, json: String)] = []) {
        let message = Self.shown(masks.concealed(message))
        let hint = hint.map { Self.shown(masks.concealed($0)) }
        record(.message(phase, level, message, hint: hint))
        guard format != .json else {
            let stage = state.withLock { $0.stage }
            var line = JSONLine(level: level == .success ? "info" : level.rawValue, stage: stage, message: message)
            line.extra = Self.origin(of: phase) + details + (hint.map { [("hint", JSONLine.quote($0))] } ?? [])
            return writer.writeLines(line.text(at: Date()) + "\n", to: .standardOutput)
        }
        var text = mark(level) + message + "\n"
        if let hint {
            text += hint.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
        }
        writeLines(text)
    }

    private func writeLines(_ text: String) {
        guard let lane else { return writer.writeLines(text, to: .standardError) }
        lane.writeLines(text, to: .standardError)
    }

    /// Says what became of each phase, and where the time went: before okteto-run says what became of the run.
    func summarize() {
        let (board, elapsed) = display.recorder.current
        let summary = RunSummary(board: board, elapsed: elapsed)
        guard format != .json else {
            guard board.phases.count > 1 else { return }
            return say(.info, "what became of the phases", details: [("phases", masks.concealed(summary.json))])
        }
        let columns = display.isErrorTerminal ? TerminalSize.ofStandardError.columns : nil
        let table = summary.table(columns: columns, isColoured: display.isColoured)
        if !table.isEmpty { writer.writeLines("\n" + masks.concealed(table) + "\n", to: .standardError) }
        if !summary.timeSpent.isEmpty { say(.info, summary.timeSpent) }
    }

    /// Says how to run again what failed; `manifest` is the one that was chosen on the command line.
    func adviseNextStep(_ manifest: String?) {
        let (board, elapsed) = display.recorder.current
        // The last object is how the run ended.
        guard format != .json, let step = RunSummary(board: board, elapsed: elapsed).nextStep(manifest) else { return }
        say(.info, "to run it again: \(step)")
    }

    /// Shows text that is already laid out, such as diagnostics: on standard error, or as one object.
    func show(_ text: String, level: Level) {
        guard format != .json else { return say(level, text) }
        record(.message(phase, level, text, hint: nil))
        writeLines(text.hasSuffix("\n") ? text : text + "\n")
    }

    /// Writes what the user asked for, to standard output.
    func answer(_ text: String) {
        writer.writeLines(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput)
    }

    /// Writes what the user asked for, to standard output, with secrets masked: it cites what others said.
    func report(_ text: String) {
        answer(masks.concealed(text))
    }

    /// Gives out what commands have printed without a final newline, where output is made of lines.
    func finishLines() {
        lane?.endLines()
        guard format == .json else { return }
        for target in [OutputWriter.Target.standardOutput, .standardError] {
            passLines(of: target) { $0.finish(emit: $1) }
        }
    }

    /// Returns what may go to a terminal or a log of a message that cites what others said; its lines stay lines.
    private static func shown(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { PrintableText.escaped(String($0)) }
            .joined(separator: "\n")
    }

    /// Which test an object is about, since several may run at once.
    private static func origin(of phase: PhaseKind?) -> [(key: String, json: String)] {
        guard case .test(let name) = phase else { return [] }
        return [("test", JSONLine.quote(name))]
    }

    private func mark(_ level: Level) -> String {
        guard format == .tty else {
            switch level {
            case .info: return "INFO: "
            case .success: return "SUCCESS: "
            case .warning: return "WARNING: "
            case .error: return "ERROR: "
            }
        }
        let (symbol, colour) =
            switch level {
            case .info: ("i", "34")
            case .success: ("✓", "32")
            case .warning: ("!", "33")
            case .error: ("x", "31")
            }
        return display.isColoured ? " \u{1B}[\(colour)m\(symbol)\u{1B}[0m  " : " \(symbol)  "
    }
}
