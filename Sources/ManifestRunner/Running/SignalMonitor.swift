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
/// The second does nothing more than be said; the third ends the program at once. A signal that was ignored when the
/// program started (nohup, a script's `&`) stays ignored.
final class SignalMonitor: Sendable {
    private let received = Mutex<[Int32]>([])

    /// The signal that cancelled the run, or nil.
    var signal: Int32? { received.withLock { $0.first } }

    /// Runs `operation` as a task that signals cancel, and returns what it returns.
    ///
    /// - Throws: what `operation` throws, or ``SystemError`` when the system has no pipe or thread left.
    func run<Value: Sendable>(
        onSignal: @escaping @Sendable (_ number: Int32, _ count: Int) -> Void,
        operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        var ends: [CInt] = [-1, -1]
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        guard code == 0 else { throw SystemError(operation: "make a pipe", errno: code) }
        let (readEnd, writeEnd) = (ends[0], ends[1])
        // The one unstructured task of the program: the thread below must hold on to it to cancel it.
        let task = Task { try await operation() }
        try DedicatedThread.start {
            var byte: UInt8 = 0
            while unsafe read(readEnd, &byte, 1) == 1 {
                let number = Int32(byte)
                let count = self.received.withLock {
                    $0.append(number)
                    return $0.count
                }
                guard count < 3 else { _exit(128 + number) }
                onSignal(number, count)
                task.cancel()
            }
        }
        let signals = [SIGINT, SIGTERM, SIGHUP]
        unsafe signals.withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress { unsafe oktetorun_forward_signals(writeEnd, start, CInt(buffer.count)) }
        }
        return try await task.value
    }
}
