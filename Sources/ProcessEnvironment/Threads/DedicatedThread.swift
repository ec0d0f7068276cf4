#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A thread for work that blocks, which must not happen on the cooperative pool.
package enum DedicatedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a detached thread that runs `body` and ends.
    ///
    /// - Throws: ``SystemError`` when the system has no thread left.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        // The box is retained for the new thread, which takes the reference over and releases it.
        let box = unsafe Unmanaged.passRetained(Body(body))
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = unsafe pthread_create(
            &thread,
            nil,
            { raw in
                unsafe Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
                return nil
            },
            box.toOpaque()
        )
        #else
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread,
            nil,
            { raw in
                if let raw = unsafe raw { unsafe Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        #endif
        guard code == 0 else {
            unsafe box.release()
            throw SystemError(operation: "start a thread", errno: code)
        }
        #if canImport(Darwin)
        if let thread = unsafe thread { unsafe pthread_detach(thread) }
        #else
        pthread_detach(thread)
        #endif
    }

    /// Runs `body` on a thread of its own and returns what it returns, or throws what it throws.
    ///
    /// Cancelling the task does not end the body: a body that can wait long needs a way of its own to be woken.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try start { continuation.resume(with: Result(catching: body)) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Runs `body` on a thread of its own and returns what it returns, or throws what it throws.
    ///
    /// Cancelling the task sets the flag, which the body must look at now and then.
    package static func runUntilStopped<Value: Sendable>(
        _ body: @escaping @Sendable (StopFlag) throws -> Value
    ) async throws -> Value {
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await run { try body(stop) }
        } onCancel: {
            stop.stop()
        }
    }

    /// Blocks the calling thread, which must be one of its own, for a time.
    package static func pause(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var left = timespec()
        while unsafe nanosleep(&time, &left) != 0 && errno == EINTR { time = left }
    }
}
