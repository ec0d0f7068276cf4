import ProcessEnvironment
import Testing

@Suite struct DedicatedThreadTests {
    private struct Failure: Error {}

    @Test func `what the body returns or throws comes back to the task`() async throws {
        #expect(try await DedicatedThread.run { 42 } == 42)
        await #expect(throws: Failure.self) { try await DedicatedThread.run { throw Failure() } }
    }

    @Test func `a body that looks at its flag ends when the task is cancelled`() async throws {
        await withThrowingTaskGroup(of: Void.self) { group in
            let (inner, begun) = AsyncStream.makeStream(of: Void.self)
            group.addTask {
                try await DedicatedThread.runUntilStopped { stop in
                    begun.finish()
                    while true {
                        try stop.check()
                        DedicatedThread.pause(.milliseconds(1))
                    }
                }
            }
            for await _ in inner {}
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
    }

    @Test func `a wake is seen once and then drained`() throws {
        let pipe = try WakePipe()
        pipe.wake()
        pipe.wake()
        pipe.drain()
        pipe.drain()
        #expect(pipe.descriptor >= 0)
    }
}
