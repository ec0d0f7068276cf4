internal import FoundationEssentials
internal import Synchronization

/// Writes into the log of a CI job what its service makes more of than text: parts that can be folded, and errors that point
/// at the manifest.
///
/// Parts are one after the other in such a log, so they are written where each phase is a block of it, or while one runs alone.
final class JobLogWriter: RunObserver {
    private struct State {
        var places: [PhaseKind: PhaseOutline] = [:]
        var running: Set<PhaseKind> = []
        /// The part of each phase that has begun and not ended.
        var open: [PhaseKind: Int] = [:]
        var count = 0
        /// The phases of which an error was shown.
        var shown: Set<PhaseKind> = []
        var lastError: String?
    }

    let wantsOutput = false
    private let log: JobLog
    private let folds: Bool
    private let annotates: Bool
    private let hasBlocks: Bool
    /// Makes a path one that is relative to the repository.
    private let path: @Sendable (String) -> String
    private let write: @Sendable (PhaseKind?, String) -> Void
    private let state = Mutex(State())

    /// Creates a writer; `folds` says whether parts are wanted, `annotates` whether errors are, `hasBlocks` whether what
    /// `write` is given for a phase stays with what its commands print.
    init(
        log: JobLog,
        folds: Bool,
        annotates: Bool,
        hasBlocks: Bool = false,
        path: @escaping @Sendable (String) -> String,
        write: @escaping @Sendable (PhaseKind?, String) -> Void
    ) {
        self.log = log
        self.folds = folds
        self.annotates = annotates
        self.hasBlocks = hasBlocks
        self.path = path
        self.write = write
    }

    func observe(_ event: RunEvent, at instant: RunInstant) {
        let text = state.withLock { take(event, instant.date, &$0) }
        if !text.isEmpty { write(Self.phase(of: event), text) }
    }

    private static func phase(of event: RunEvent) -> PhaseKind? {
        switch event {
        case .phaseBegan(let phase), .commandBegan(let phase, _), .commandEnded(let phase, _, _),
            .phaseEnded(let phase, _):
            phase
        default: nil
        }
    }

    private func take(_ event: RunEvent, _ date: Date, _ state: inout State) -> String {
        switch event {
        case .planned(let outlines):
            for outline in outlines { state.places[outline.kind] = outline }
            return ""
        case .phaseBegan(let kind):
            state.running.insert(kind)
            // Others' parts would have this phase's lines in them.
            let ends = hasBlocks ? "" : state.open.keys.map { end($0, date, &state) }.joined()
            return ends + begin(kind, "\(kind)", date, &state)
        case .commandBegan(let kind, let command):
            guard let title = outline(kind, command, state)?.title else { return "" }
            return begin(kind, "\(kind): \(title)", date, &state)
        case .commandEnded(let kind, let command, let outcome):
            let end = end(kind, date, &state)
            guard let cause = outcome.cause, !outcome.wasCancelled, let outline = outline(kind, command, state) else {
                return end
            }
            state.shown.insert(kind)
            return end
                + annotation(outline, title: "\(kind) failed", message: "command '\(outline.title)' \(cause)")
        case .phaseEnded(let kind, let outcome):
            state.running.remove(kind)
            let end = end(kind, date, &state)
            guard case .failed(_, let message) = outcome, state.shown.insert(kind).inserted else { return end }
            let first = state.places[kind]?.commands.first
            return end + annotation(first, title: "\(kind) failed", message: message)
        case .message(_, .error, let text, _):
            state.lastError = text
            return ""
        case .ended(let status):
            let end = state.open.keys.map { self.end($0, date, &state) }.joined()
            guard status != .success, state.shown.isEmpty else { return end }
            let message = state.lastError ?? status.meaning
            return end + annotation(nil, title: "okteto-run: \(status.meaning)", message: message)
        case .stepBegan, .stepEnded, .assumed, .output, .artifact, .message: return ""
        }
    }

    private func outline(_ kind: PhaseKind, _ command: Int, _ state: State) -> CommandOutline? {
        guard let commands = state.places[kind]?.commands, commands.indices.contains(command) else { return nil }
        return commands[command]
    }

    private func begin(_ kind: PhaseKind, _ title: String, _ date: Date, _ state: inout State) -> String {
        let end = end(kind, date, &state)
        guard folds, hasBlocks || state.running.count == 1 else { return end }
        state.count += 1
        state.open[kind] = state.count
        return end + log.beginning(title, number: state.count, at: date)
    }

    private func end(_ kind: PhaseKind, _ date: Date, _ state: inout State) -> String {
        guard let number = state.open.removeValue(forKey: kind) else { return "" }
        return log.end(number: number, at: date)
    }

    private func annotation(_ outline: CommandOutline?, title: String, message: String) -> String {
        guard annotates else { return "" }
        return WorkflowCommand.error(
            file: outline.map { path($0.path) },
            line: outline?.line,
            column: outline?.column,
            title: title,
            message: message
        )
    }
}
