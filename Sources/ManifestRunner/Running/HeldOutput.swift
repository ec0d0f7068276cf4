internal import ContainerExec
internal import Synchronization

/// Output that is held back until it is known whether it is a command's.
///
/// What an engine's init prints when it cannot start the shell is a cause to be told, not output.
final class HeldOutput: Sendable {
    /// The most that is held back.
    private static let limit = 64 << 10

    private struct State {
        var isReleased = false
        var held: [(stream: OutputStream, bytes: [UInt8])] = []
        var count = 0
    }

    private let state = Mutex(State())
    private let consumer: @Sendable (OutputStream, RawSpan) -> Void

    /// Creates an output that goes to `consumer` when it is released.
    init(_ consumer: @escaping @Sendable (OutputStream, RawSpan) -> Void) {
        self.consumer = consumer
    }

    /// What is held back, as text.
    var text: String {
        state.withLock { state in state.held.map { String(decoding: $0.bytes, as: UTF8.self) }.joined() }
    }

    /// Takes in output.
    func consume(_ stream: OutputStream, _ bytes: RawSpan) {
        let isReleased = state.withLock { state in
            guard !state.isReleased else { return true }
            let piece = unsafe bytes.withUnsafeBytes { unsafe Array($0.prefix(Self.limit - state.count)) }
            state.held.append((stream, piece))
            state.count += piece.count
            return false
        }
        if isReleased { consumer(stream, bytes) }
    }

    private func pass(_ bytes: [UInt8], to stream: OutputStream) {
        unsafe consumer(stream, bytes.span.bytes)
    }

    /// Lets go of what was held back, and of all that comes from now on.
    func release() {
        state.withLock { state in
            for piece in state.held { pass(piece.bytes, to: piece.stream) }
            state.held = []
            state.isReleased = true
        }
    }
}
