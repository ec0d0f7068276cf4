internal import ManifestModel
internal import Synchronization
internal import YAMLSource

/// Which of some commands that follow each other runs now, as the reports name it, and since when.
final class RunningCommand: Sendable {
    private let commands: ArraySlice<Command>
    private let phase: PhaseKind
    private let manifestPath: String
    private let reporter: Reporter
    private let state: Mutex<(index: Int, start: ContinuousClock.Instant)>

    /// The first of the commands begins.
    init(_ commands: ArraySlice<Command>, of phase: PhaseKind, manifestPath: String, reporter: Reporter) {
        self.commands = commands
        self.phase = phase
        self.manifestPath = manifestPath
        self.reporter = reporter
        state = Mutex((commands.startIndex, .now))
        announce()
    }

    /// The command has ended well, and the one with that place among the commands begins.
    func succeeded(next: Int) {
        succeeded()
        state.withLock { $0 = (commands.startIndex + next, .now) }
        announce()
    }

    /// The command has ended well.
    func succeeded() {
        reporter.finishLines()
        reporter.say(.success, "Command '\(title)' successfully executed in \(time)")
        ended(.success)
    }

    /// The command has ended.
    func ended(_ outcome: CommandOutcome) {
        reporter.end(command: index, outcome)
    }

    private func announce() {
        reporter.begin(stage: title, command: index)
        reporter.say(.info, "Running '\(title)'")
    }

    private var index: Int { state.withLock { $0.index } }

    private var command: Command { commands[index] }

    /// What messages call the command; it may hold anything, and does not break out of a line.
    var title: String { PrintableText.escaped(command.displayName) }

    /// How long it has run.
    var time: String { RunTime.text(.now - state.withLock { $0.start }) }

    /// Where it stands in the manifest.
    var place: String { "\(manifestPath):\(command.mark.line):\(command.mark.column)" }
}
