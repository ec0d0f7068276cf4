internal import ProcessEnvironment
internal import Synchronization

/// How the tasks that get credentials hand answers to the thread that has the connections.
final class EndpointMailbox: Sendable {
    /// What has arrived since it was last looked.
    struct Contents {
        var answers: [Int: EndpointAnswer] = [:]
        var isStopped = false
    }

    /// Readable when there is something.
    let wake: WakePipe
    private let contents = Mutex(Contents())

    /// Creates an empty one.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    init() throws(SystemError) {
        wake = try WakePipe()
    }

    /// Hands over the answer for a connection.
    func put(_ answer: EndpointAnswer, for connection: Int) {
        contents.withLock { $0.answers[connection] = answer }
        wake.wake()
    }

    /// Ends the thread.
    func stop() {
        contents.withLock { $0.isStopped = true }
        wake.wake()
    }

    /// Takes what there is.
    func take() -> Contents {
        wake.drain()
        return contents.withLock { contents in
            defer { contents.answers = [:] }
            return contents
        }
    }
}
