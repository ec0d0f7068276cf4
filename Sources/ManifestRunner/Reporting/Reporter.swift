internal import CPlatform
internal import ContainerExec
internal import FoundationEssentials
internal import ProcessEnvironment
internal import Synchronization

/// Shows a run: the commands' output as it comes, and okteto-run's own lines around it.
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
        var masker = SecretMasker()
        var lines = [LineAssembler(), LineAssembler()]
    }

    let format: LogOutput
    private let isColoured: Bool
    private let isErrorTerminal: Bool
    private let writer: OutputWriter
    private let runnerMasks: RunnerMasks?
    private let state = Mutex(State())

    /// Creates a reporter; `isErrorTerminal` says that standard error is a terminal on which a line can be redrawn;
    /// `runnerMasks` tells a CI job's runner of secrets.
    init(
        format: LogOutput,
        isColoured: Bool,
        isErrorTerminal: Bool = false,
        runnerMasks: RunnerMasks? = nil,
        writer: OutputWriter
    ) {
        self.format = format
        self.isColoured = isColoured
        self.isErrorTerminal = isErrorTerminal
        self.runnerMasks = runnerMasks
        self.writer = writer
    }

    /// Masks secrets in okteto-run's own lines from now on.
    ///
    /// No message is made of a secret; but some cite what a server or a program said, and that may be anything. A CI job's
    /// runner masks them too, in what other programs of the job print.
    func conceal(_ secrets: [Secret]) {
        state.withLock { $0.masker.add(secrets) }
        guard let lines = runnerMasks?.lines(for: secrets), !lines.isEmpty else { return }
        writer.writeLines(lines, to: .standardOutput)
    }

    private func concealed(_ text: String) -> String {
        var masker = state.withLock { $0.masker }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        let append: (RawSpan) -> Void = { piece in
            unsafe piece.withUnsafeBytes { unsafe result.append(contentsOf: $0) }
        }
        unsafe masker.consume(bytes.span.bytes, emit: append)
        masker.finish(emit: append)
        return String(decoding: result, as: UTF8.self)
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
    func begin(stage: String) {
        finishLines()
        state.withLock { $0.stage = stage }
    }

    /// Passes a command's output on.
    func output(_ bytes: RawSpan, to target: OutputWriter.Target) {
        guard format == .json else { return pass(bytes, to: target) }
        let lines = state.withLock { state in
            var lines = JSONOutputLines(stage: state.stage, stream: Self.name(target), at: Date())
            unsafe state.lines[target.rawValue].consume(bytes) { unsafe lines.append($0) }
            return lines.bytes
        }
        unsafe pass(lines.span.bytes, to: .standardOutput)
    }

    /// Why output was lost, or nil; a reader that has gone is no reason.
    var lostOutput: String? { writer.failure }

    private func pass(_ bytes: RawSpan, to target: OutputWriter.Target) {
        guard !writer.write(bytes, to: target) else { return }
        let name = target == .standardOutput ? "standard output" : "standard error"
        say(.warning, "the reader of \(name) has gone: the commands go on, and what they print there is dropped")
    }

    private static func name(_ target: OutputWriter.Target) -> String {
        target == .standardOutput ? "stdout" : "stderr"
    }

    /// Shows a line of okteto-run's own; `hint` is the next step.
    func say(_ level: Level, _ message: String, hint: String? = nil, details: [(key: String, json: String)] = []) {
        let message = concealed(message)
        let hint = hint.map(concealed)
        guard format != .json else {
            let stage = state.withLock { $0.stage }
            var line = JSONLine(level: level == .success ? "info" : level.rawValue, stage: stage, message: message)
            line.extra = details + (hint.map { [("hint", JSONLine.quote($0))] } ?? [])
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
        answer(concealed(text))
    }

    /// Gives out what commands have printed without a final newline, where output is made of lines.
    func finishLines() {
        guard format == .json else { return }
        for target in [OutputWriter.Target.standardOutput, .standardError] {
            let lines = state.withLock { state in
                var lines = JSONOutputLines(stage: state.stage, stream: Self.name(target), at: Date())
                unsafe state.lines[target.rawValue].finish { unsafe lines.append($0) }
                return lines.bytes
            }
            unsafe pass(lines.span.bytes, to: .standardOutput)
        }
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
