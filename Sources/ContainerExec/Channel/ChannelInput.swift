internal import ProcessEnvironment
internal import Synchronization

/// What waits to be written to a shell, filled by any thread and emptied by the channel's.
///
/// What can be written at once is written by the thread that has it, which saves waking the other one for each command.
final class ChannelInput: Sendable {
    private struct State {
        var queued: [UInt8] = []
        var isFinished = false
        var isKilled = false
        /// Writes what is taken without waiting, and returns how much that was; nil before the start and after the end.
        var writer: (@Sendable (RawSpan) -> Int)?
        /// Whether the channel's thread holds bytes that must go out first.
        var isWriting = false
    }

    private let state = Mutex(State())
    private let pipe: WakePipe

    init() throws(SystemError) {
        pipe = try WakePipe()
    }

    /// Readable when there is news.
    var descriptor: CInt { pipe.descriptor }

    /// Lets bytes be written past the channel's thread by `writer`, or by nothing but the thread any more.
    ///
    /// When this returns, no call of the writer before is under way.
    func setWriter(_ writer: (@Sendable (RawSpan) -> Int)?) {
        state.withLock { $0.writer = writer }
    }

    func send(_ bytes: [UInt8]) {
        let isQueued = state.withLock { state in
            var written = 0
            if state.queued.isEmpty, !state.isWriting, let writer = state.writer {
                written = unsafe writer(bytes.span.bytes)
            }
            state.queued += bytes[written...]
            return written < bytes.count
        }
        if isQueued { pipe.wake() }
    }

    func finish() {
        state.withLock { $0.isFinished = true }
        pipe.wake()
    }

    func kill() {
        state.withLock { $0.isKilled = true }
        pipe.wake()
    }

    /// Takes the news: what is to be written after `pending`, and what was asked for.
    func take(into pending: inout [UInt8]) -> (isFinished: Bool, isKilled: Bool) {
        pipe.drain()
        return state.withLock { state in
            pending += state.queued
            // Assignments of secrets went through here.
            for index in state.queued.indices { state.queued[index] = 0 }
            state.queued.removeAll()
            state.isWriting = !pending.isEmpty
            return (state.isFinished, state.isKilled)
        }
    }

    /// The channel's thread has written all that it took.
    func finishWriting() {
        state.withLock { $0.isWriting = false }
    }
}
