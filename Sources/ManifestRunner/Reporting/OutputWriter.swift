internal import CPlatform
internal import ProcessEnvironment
internal import Synchronization
internal import SystemPackage

/// Writes to standard output and standard error, whole pieces one after the other.
///
/// A write blocks its thread while the reader is slow, which is the back pressure on the command that prints. When the
/// reader has gone, what follows for it is dropped.
final class OutputWriter: Sendable {
    private struct State {
        var failures: [Errno?] = [nil, nil]
        /// What else was lost.
        var loss: String?
        /// Whether the last byte was a newline; on a terminal both streams share one cursor.
        var isAtLineStart = [true, true]
        /// Who has begun the line that has no end yet, where that is known.
        var lineOwners: [Int?] = [nil, nil]
        /// The rows that are to stand below the output, and those that do.
        var wanted: [LiveRow] = []
        var block: LiveBlock
        /// Whether rows have been wanted at all; the screen's line is not followed before that.
        var isLive = false
        var line = ScreenLine()
        /// How often the program had been continued when something was last drawn.
        var continuations: CInt = 0
    }

    /// Which of the two.
    enum Target: Int, Sendable, CaseIterable {
        case standardOutput = 0
        case standardError = 1
    }

    /// Up to this size a piece and what is drawn around it are written at once, so that nobody sees the screen between.
    private static let joined = 32 << 10

    private let state: Mutex<State>
    private let sharesTerminal: Bool
    private let descriptors: [FileDescriptor]

    /// Creates a writer; `sharesTerminal` says that both streams end on one screen, `reflowsLines` that it breaks lines
    /// anew when it becomes narrower; `descriptors` are the two.
    init(
        sharesTerminal: Bool,
        reflowsLines: Bool = true,
        descriptors: [FileDescriptor] = [.standardOutput, .standardError]
    ) {
        self.sharesTerminal = sharesTerminal
        self.descriptors = descriptors
        state = Mutex(State(block: LiveBlock(reflows: reflowsLines)))
    }

    /// What could not be written and why, or nil; that a reader has gone is its own affair and no failure.
    var failure: String? {
        let (failures, loss) = state.withLock { ($0.failures, $0.loss) }
        if let loss { return loss }
        for target in Target.allCases {
            guard let error = failures[target.rawValue], error != .brokenPipe else { continue }
            let name = target == .standardOutput ? "standard output" : "standard error"
            return "not all output could be written to \(name): \(error)"
        }
        return nil
    }

    /// Takes note that output was lost on its way here, and why.
    func lose(_ reason: String) {
        state.withLock { $0.loss = $0.loss ?? reason }
    }

    /// Writes bytes of a command as they are, and returns false when this write has found that the reader has gone.
    @discardableResult
    func write(_ bytes: RawSpan, to target: Target) -> Bool {
        guard bytes.byteCount > 0 else { return true }
        return state.withLock { state in
            unsafe bytes.withUnsafeBytes { unsafe put($0, to: target, &state) }
        }
    }

    /// Writes lines of one of several owners, and returns false when this write has found that the reader has gone.
    ///
    /// The first `prefix` bytes stand before the first line to say whose it is; where they are left out the line that has
    /// no end yet goes on. That is so when `owner` has begun it, `isContinued`, and nobody else has written since. Others'
    /// unfinished lines are ended first.
    func write(_ bytes: RawSpan, prefix: Int, of owner: Int, isContinued: Bool, to target: Target) -> Bool {
        guard bytes.byteCount > prefix else { return true }
        return state.withLock { state in
            unsafe bytes.withUnsafeBytes { all in
                let isOpen = !isAtStart(target, state)
                let goesOn = isContinued && isOpen && state.lineOwners[lineIndex(target)] == owner
                var isGood = true
                if isOpen, !goesOn {
                    isGood = put("\n", to: target, &state)
                    if sharesTerminal { state.isAtLineStart = [true, true] }
                }
                // A line that somebody else has ended meanwhile needs no other end.
                let isEnded = unsafe isContinued && !goesOn && all[prefix] == 0x0A
                let start = goesOn ? prefix : isEnded ? prefix + 1 : 0
                isGood = unsafe put(UnsafeRawBufferPointer(rebasing: all[start...]), to: target, &state) && isGood
                state.lineOwners[lineIndex(target)] = owner
                return isGood
            }
        }
    }

    /// Writes lines of okteto-run's own, beginning on a line of their own.
    func writeLines(_ text: String, to target: Target) {
        state.withLock { state in
            // What a command did to the screen is over when okteto-run has something to say.
            if isOnScreen(target), state.line.column == nil { state.line.reset() }
            _ = put(isAtStart(target, state) ? text : "\n" + text, to: target, &state)
            if sharesTerminal { state.isAtLineStart = [true, true] }
        }
    }

    /// Has rows stand below the output from now on, on standard error, which must be a terminal: none takes them away.
    ///
    /// They make way for the output and stand below it again. While it is not known where on its line the output ends,
    /// they are gone.
    func show(_ rows: [LiveRow]) {
        state.withLock { state in
            let isNew = !state.isLive
            state.isLive = true
            if isNew, !isAtStart(.standardError, state) { state.line = .unknown }
            guard rows != state.wanted || (state.block.rows.isEmpty && !rows.isEmpty) else { return }
            state.wanted = rows
            noteContinuation(&state)
            let columns = TerminalSize.ofStandardError.columns
            let text: String
            if state.block.rows.isEmpty {
                text = draw(&state)
            } else {
                text = state.block.redraw(rows, columns: columns)
            }
            put(Self.frame(text), to: .standardError, &state.failures)
        }
    }

    // MARK: The line

    private func isAtStart(_ target: Target, _ state: State) -> Bool {
        sharesTerminal ? !state.isAtLineStart.contains(false) : state.isAtLineStart[target.rawValue]
    }

    private func lineIndex(_ target: Target) -> Int { sharesTerminal ? 0 : target.rawValue }

    private func isOnScreen(_ target: Target) -> Bool { sharesTerminal || target == .standardError }

    private func put(_ text: String, to target: Target, _ state: inout State) -> Bool {
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe put($0, to: target, &state) }
    }

    /// Writes bytes, with the rows below them where there are any.
    private func put(_ bytes: UnsafeRawBufferPointer, to target: Target, _ state: inout State) -> Bool {
        state.lineOwners[lineIndex(target)] = nil
        if let last = unsafe bytes.last { state.isAtLineStart[target.rawValue] = last == UInt8(ascii: "\n") }
        guard state.isLive, isOnScreen(target) else { return unsafe put(bytes, to: target, &state.failures) }
        noteContinuation(&state)
        let before = state.block.clear(columns: TerminalSize.ofStandardError.columns)
        unsafe state.line.advance(bytes)
        let after = draw(&state)
        if before.isEmpty, after.isEmpty { return unsafe put(bytes, to: target, &state.failures) }
        guard bytes.count <= Self.joined else {
            let isGood = put(before, to: target, &state.failures)
            return unsafe put(bytes, to: target, &state.failures)
                && put(after, to: target, &state.failures) && isGood
        }
        var piece = Array(Self.frameStart.utf8) + Array(before.utf8)
        unsafe piece.append(contentsOf: bytes)
        piece += Array(after.utf8) + Array(Self.frameEnd.utf8)
        return unsafe piece.withUnsafeBytes { unsafe put($0, to: target, &state.failures) }
    }

    /// Returns what draws the wanted rows below the output.
    private func draw(_ state: inout State) -> String {
        guard !state.wanted.isEmpty, let column = state.line.column else { return "" }
        return state.block.draw(state.wanted, below: column)
    }

    /// Leaves the rows where they are when the program was stopped meanwhile: the shell has written below them.
    private func noteContinuation(_ state: inout State) {
        let count = oktetorun_continuations()
        guard count != state.continuations else { return }
        state.continuations = count
        state.block.leave()
        state.line.reset()
    }

    // MARK: Writing

    /// Around a change of the screen, so that a terminal that knows it shows it at once (DEC private mode 2026); others
    /// ignore a mode that they do not know (ECMA-48 §7.1).
    private static let frameStart = "\u{1B}[?2026h"
    private static let frameEnd = "\u{1B}[?2026l"

    private static func frame(_ text: String) -> String { text.isEmpty ? "" : frameStart + text + frameEnd }

    @discardableResult
    private func put(_ text: String, to target: Target, _ failures: inout [Errno?]) -> Bool {
        guard !text.isEmpty else { return true }
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe put($0, to: target, &failures) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, to target: Target, _ failures: inout [Errno?]) -> Bool {
        guard failures[target.rawValue] == nil else { return true }
        do {
            try unsafe descriptors[target.rawValue].writeAll(bytes)
            return true
        } catch {
            let failure = error as? Errno ?? .ioError
            failures[target.rawValue] = failure
            return failure != .brokenPipe
        }
    }
}
