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
            let isAtStart =
                sharesTerminal ? !state.isAtLineStart.contains(false) : state.isAtLineStart[target.rawValue]
            let bytes = Array((isAtStart ? text : "\n" + text).utf8)
            unsafe bytes.withUnsafeBytes { unsafe Self.writeAll($0, to: target, state: &state) }
            state.isAtLineStart = sharesTerminal ? [true, true] : state.isAtLineStart
            state.isAtLineStart[target.rawValue] = true
        }
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
