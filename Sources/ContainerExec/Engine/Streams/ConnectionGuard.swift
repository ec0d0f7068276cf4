internal import HTTPTransport
internal import ProcessEnvironment
internal import Synchronization

/// Ends the connection of a blocking exchange when its task is cancelled.
final class ConnectionGuard: Sendable {
    private struct State {
        var connection: HTTPConnection?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Whether the task was cancelled.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Puts a connection under guard; one that comes after the cancellation is ended at once.
    func watch(_ connection: HTTPConnection) {
        let isCancelled = state.withLock { state in
            state.connection = connection
            return state.isCancelled
        }
        if isCancelled { connection.interrupt() }
    }

    /// Ends the guarded connection.
    func cancel() {
        let connection = state.withLock { state in
            state.isCancelled = true
            return state.connection
        }
        connection?.interrupt()
    }

    /// Runs `body` on a thread of its own and ends its connection when the task is cancelled.
    ///
    /// - Throws: ``ContainerExecError``: what the body throws, or `cancelled`.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable (ConnectionGuard) throws(ContainerExecError) -> Value
    ) async throws(ContainerExecError) -> Value {
        let connections = ConnectionGuard()
        do {
            return try await withTaskCancellationHandler {
                try await DedicatedThread.run { try body(connections) }
            } onCancel: {
                connections.cancel()
            }
        } catch {
            if connections.isCancelled { throw ContainerExecError(.cancelled, "cancelled") }
            if let error = error as? ContainerExecError { throw error }
            throw ContainerExecError(.io, "\(error)")
        }
    }
}
