internal import CPlatform
internal import ProcessEnvironment
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Turns INT, TERM and HUP into cancellation of the run.
///
/// The first signal cancels: the running command gets TERM, its output and status arrive, everything is cleaned up.
/// The second does nothing more than be said; the third ends the program at once. So does the time limit, since every
/// thread may be waiting for a reader of the output that has stopped; what the run has started ends with the program.
/// A signal that was ignored when the program started (nohup, a script's `&`) stays ignored.
final class SignalMonitor: Sendable {
    /// How long a cancelled run may take, the grace of the command, and the cleaning up.
    private static let limit = Duration.seconds(15)

    private struct State {
        var received: [Int32] = []
        var isListening = false
        /// Ends what runs now.
        var cancel: (@Sendable () -> Void)?
        var onSignal: (@Sendable (_ number: Int32, _ count: Int) -> Void)?
        var interruption: String?
    }

    private let state = Mutex(State())

    /// The signal that cancelled the run, or nil.
    var signal: Int32? { state.withLock { $0.received.first } }

    /// Runs `operation` as a task that signals cancel, and returns what it returns.
    ///
    /// It can run one after another; once there was a signal, each is cancelled from the beginning.
    ///
    /// - Throws: what `operation` throws, or ``SystemError`` when the system has no pipe or thread left.
    func run<Value: Sendable>(
        onSignal: @escaping @Sendable (_ number: Int32, _ count: Int) -> Void,
        operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        // The one unstructured task of the program: the thread that takes signals must hold on to it to cancel it.
        let task = Task { try await operation() }
        let (isListening, isOver) = state.withLock { state in
            state.cancel = { task.cancel() }
            state.onSignal = onSignal
            defer { state.isListening = true }
            return (state.isListening, !state.received.isEmpty)
        }
        if isOver { task.cancel() }
        defer { state.withLock { $0.cancel = nil } }
        do {
            if !isListening { try listen() }
        } catch {
            task.cancel()
            _ = await task.result
            throw error
        }
        return try await task.value
    }

    /// Forgets that what ran before was interrupted.
    func beginAnew() {
        state.withLock { $0.interruption = nil }
    }

    /// Cancels what runs now, for a reason that is no signal.
    func interrupt(_ reason: String) {
        let cancel = state.withLock { state in
            if state.cancel != nil { state.interruption = reason }
            return state.cancel
        }
        cancel?()
    }

    /// Why what ran last was cancelled by ``interrupt(_:)``; nil where it was not.
    var interruption: String? { state.withLock { $0.interruption } }

    private func listen() throws {
        var ends: [CInt] = [-1, -1]
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        guard code == 0 else { throw SystemError(operation: "make a pipe", errno: code) }
        let (readEnd, writeEnd) = (ends[0], ends[1])
        try DedicatedThread.start {
            guard let number = self.next(readEnd) else { return }
            let (cancel, onSignal) = self.state.withLock { ($0.cancel, $0.onSignal) }
            cancel?()
            // Saying it may wait for the reader of the output, and must not keep the time from being up.
            try? DedicatedThread.start { onSignal?(number, 1) }
            try? DedicatedThread.start {
                DedicatedThread.pause(Self.limit)
                _exit(128 + number)
            }
            while let number = self.next(readEnd) { self.state.withLock { $0.onSignal }?(number, 2) }
        }
        let signals = [SIGINT, SIGTERM, SIGHUP]
        unsafe signals.withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress { unsafe oktetorun_forward_signals(writeEnd, start, CInt(buffer.count)) }
        }
    }

    /// Waits for a signal.
    ///
    /// The third does not come here: the handler itself ends the program.
    private func next(_ readEnd: CInt) -> Int32? {
        var byte: UInt8 = 0
        guard unsafe read(readEnd, &byte, 1) == 1 else { return nil }
        state.withLock { $0.received.append(Int32(byte)) }
        return Int32(byte)
    }
}
