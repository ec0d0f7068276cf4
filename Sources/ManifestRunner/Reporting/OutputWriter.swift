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
        /// Whether the last byte was a newline; on a terminal both streams share one cursor.
        var isAtLineStart = [true, true]
        /// Whether standard error's last line is one that is redrawn.
        var hasLiveLine = false
    }

    /// Which of the two.
    enum Target: Int, Sendable, CaseIterable {
        case standardOutput = 0
        case standardError = 1

        var descriptor: FileDescriptor {
            self == .standardOutput ? .standardOutput : .standardError
        }
    }

    private let state = Mutex(State())
    private let sharesTerminal: Bool

    /// Creates a writer; `sharesTerminal` says that both streams end on one screen.
    init(sharesTerminal: Bool) {
        self.sharesTerminal = sharesTerminal
    }

    /// What could not be written and why, or nil; that a reader has gone is its own affair and no failure.
    var failure: String? {
        let failures = state.withLock { $0.failures }
        for target in Target.allCases {
            guard let error = failures[target.rawValue], error != .brokenPipe else { continue }
            let name = target == .standardOutput ? "standard output" : "standard error"
            return "not all output could be written to \(name): \(error)"
        }
        return nil
    }

    /// Writes bytes of a command as they are, and returns false when this write has found that the reader has gone.
    @discardableResult
    func write(_ bytes: RawSpan, to target: Target) -> Bool {
        guard bytes.byteCount > 0 else { return true }
        return state.withLock { state in
            clearLiveLine(before: target, state: &state)
            return unsafe bytes.withUnsafeBytes { buffer in
                let isWritten = unsafe Self.writeAll(buffer, to: target, state: &state)
                guard let last = unsafe buffer.last else { return isWritten }
                state.isAtLineStart[target.rawValue] = last == UInt8(ascii: "\n")
                return isWritten
            }
        }
    }

    /// Writes lines of okteto-run's own, beginning on a line of their own.
    func writeLines(_ text: String, to target: Target) {
        state.withLock { state in
            clearLiveLine(before: target, state: &state)
            let isAtStart =
                sharesTerminal ? !state.isAtLineStart.contains(false) : state.isAtLineStart[target.rawValue]
            let bytes = Array((isAtStart ? text : "\n" + text).utf8)
            _ = unsafe bytes.withUnsafeBytes { unsafe Self.writeAll($0, to: target, state: &state) }
            state.isAtLineStart = sharesTerminal ? [true, true] : state.isAtLineStart
            state.isAtLineStart[target.rawValue] = true
        }
    }

    /// Draws a line on standard error, a terminal, in place of the one drawn before; whatever is written next takes
    /// its place.
    ///
    /// Nothing is drawn while a command's line there has no end yet.
    func drawLiveLine(_ text: String) {
        state.withLock { state in
            let isAtStart = sharesTerminal ? !state.isAtLineStart.contains(false) : state.isAtLineStart[1]
            guard isAtStart else { return }
            Self.write((state.hasLiveLine ? Self.clearing : "") + text, state: &state)
            state.hasLiveLine = true
        }
    }

    /// Takes the drawn line away, if there is one.
    func clearLiveLine() {
        state.withLock { clearLiveLine(before: .standardError, state: &$0) }
    }

    /// To the line's start, and nothing on it from there (ECMA-48, EL).
    private static let clearing = "\r\u{1B}[K"

    private func clearLiveLine(before target: Target, state: inout State) {
        guard state.hasLiveLine, sharesTerminal || target == .standardError else { return }
        state.hasLiveLine = false
        Self.write(Self.clearing, state: &state)
    }

    private static func write(_ text: String, state: inout State) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe writeAll($0, to: .standardError, state: &state) }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to target: Target, state: inout State) -> Bool {
        guard state.failures[target.rawValue] == nil else { return true }
        do {
            try unsafe target.descriptor.writeAll(bytes)
            return true
        } catch {
            let failure = error as? Errno ?? .ioError
            state.failures[target.rawValue] = failure
            return failure != .brokenPipe
        }
    }
}
