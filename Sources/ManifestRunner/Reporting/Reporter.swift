internal import CPlatform
internal import ContainerExec
internal import FoundationEssentials
internal import ProcessEnvironment
internal import Synchronization

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

    let format: LogOutput
    private let isColoured: Bool
    private let isErrorTerminal: Bool
    private let writer: OutputWriter
    private let runnerMasks: RunnerMasks?
    private let masks: ReporterMasks
    private let journal: RunJournal
    /// The phase that is shown; nil for the run.
    private let phase: PhaseKind?
    private let state = Mutex(State())
    /// The commands' lines where output is made of lines; a thread that holds it may wait for a slow reader.
    private let lines: Mutex<[JSONOutputLines]>

    /// Creates a reporter; `isErrorTerminal` says that standard error is a terminal on which a line can be redrawn;
    /// `runnerMasks` tells a CI job's runner of secrets; `journal` is told of what happens.
    init(
        format: LogOutput,
        isColoured: Bool,
        isErrorTerminal: Bool = false,
        runnerMasks: RunnerMasks? = nil,
        journal: RunJournal = RunJournal(),
        writer: OutputWriter
    ) {
        self.format = format
        self.isColoured = isColoured
        self.isErrorTerminal = isErrorTerminal
        self.runnerMasks = runnerMasks
        self.journal = journal
        self.writer = writer
        masks = ReporterMasks()
        phase = nil
        lines = Mutex(Self.lines(of: nil))
    }

    private init(_ run: Reporter, phase: PhaseKind) {
        format = run.format
        isColoured = run.isColoured
        isErrorTerminal = run.isErrorTerminal
        runnerMasks = run.runnerMasks
        journal = run.journal
        writer = run.writer
        masks = run.masks
        self.phase = phase
        lines = Mutex(Self.lines(of: phase))
    }

    private static func lines(of phase: PhaseKind?) -> [JSONOutputLines] {
        OutputWriter.Target.allCases.map { JSONOutputLines(stream: name($0), extra: origin(of: phase)) }
    }

    /// Returns a reporter of one phase of the run, which has a stage and unfinished lines of its own.
    func of(_ phase: PhaseKind) -> Reporter { Reporter(self, phase: phase) }

    /// Tells the journal of an event.
    func record(_ event: RunEvent) { journal.record(event) }

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

    /// Whether work in progress is shown by a line that is redrawn.
    var hasLiveLine: Bool { format == .tty && isErrorTerminal }

    /// Draws the line of work in progress in place of the one before; `text` gets the columns there are.
    func drawLiveLine(_ text: (_ columns: Int) -> String) {
        let columns = Int(oktetorun_terminal_columns(2))
        // A terminal that does not know its width has most likely the usual one.
        writer.drawLiveLine(text(columns > 0 ? columns : 80))
    }

    /// Takes the line of work in progress away.
    func clearLiveLine() {
        writer.clearLiveLine()
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
        if let phase, let command { record(.commandBegan(phase, command)) }
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
        guard !writer.write(bytes, to: target) else { return }
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
        let message = masks.concealed(message)
        let hint = hint.map(masks.concealed)
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
        writer.writeLines(text, to: .standardError)
    }

    /// Shows text that is already laid out, such as diagnostics: on standard error, or as one object.
    func show(_ text: String, level: Level) {
        guard format != .json else { return say(level, text) }
        writer.writeLines(text.hasSuffix("\n") ? text : text + "\n", to: .standardError)
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
        guard format == .json else { return }
        for target in [OutputWriter.Target.standardOutput, .standardError] {
            passLines(of: target) { $0.finish(emit: $1) }
        }
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
        return isColoured ? " \u{1B}[\(colour)m\(symbol)\u{1B}[0m  " : " \(symbol)  "
    }
}
