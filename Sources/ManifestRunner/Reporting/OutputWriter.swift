internal import ProcessEnvironment
internal import Synchronization
internal import SystemPackage

/// Writes to standard output and standard error, whole pieces one after the other.
///
/// A write blocks its thread while the reader is slow, which is the back pressure on the command that prints. When the
/// reader has gone, what follows for it is dropped.
final class OutputWriter: Sendable {
    private struct State {
        var isBroken = [false, false]
        /// Whether the last byte was a newline; on a terminal both streams share one cursor.
        var isAtLineStart = [true, true]
        /// Whether standard error's last line is one that is redrawn.
        var hasLiveLine = false
    }

    /// Which of the two.
    enum Target: Int, Sendable {
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

    /// Writes bytes of a command as they are.
    func write(_ bytes: RawSpan, to target: Target) {
        guard bytes.byteCount > 0 else { return }
        state.withLock { state in
            clearLiveLine(before: target, state: &state)
            unsafe bytes.withUnsafeBytes { buffer in
                unsafe Self.writeAll(buffer, to: target, state: &state)
                guard let last = unsafe buffer.last else { return }
                state.isAtLineStart[target.rawValue] = last == UInt8(ascii: "\n")
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
            unsafe bytes.withUnsafeBytes { unsafe Self.writeAll($0, to: target, state: &state) }
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
        unsafe bytes.withUnsafeBytes { unsafe writeAll($0, to: .standardError, state: &state) }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to target: Target, state: inout State) {
        guard !state.isBroken[target.rawValue] else { return }
        do {
            try unsafe target.descriptor.writeAll(bytes)
        } catch {
            state.isBroken[target.rawValue] = true
        }
    }
}
