internal import ProcessEnvironment
internal import Synchronization

/// What waits to be written to a shell, filled by any thread and emptied by the channel's.
final class ChannelInput: Sendable {
    private struct State {
        var queued: [UInt8] = []
        var isFinished = false
        var isKilled = false
    }

    private let state = Mutex(State())
    private let pipe: WakePipe

    init() throws(SystemError) {
        pipe = try WakePipe()
    }

    /// Readable when there is news.
    var descriptor: CInt { pipe.descriptor }

    func send(_ bytes: [UInt8]) {
        state.withLock { $0.queued += bytes }
        pipe.wake()
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
            return (state.isFinished, state.isKilled)
        }
    }
}
