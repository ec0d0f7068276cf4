import ProcessEnvironment
import Testing

@Suite struct DedicatedThreadTests {
    private struct Failure: Error {}

    @Test func `what the body returns or throws comes back to the task`() async throws {
        #expect(try await DedicatedThread.run { 42 } == 42)
        await #expect(throws: Failure.self) { try await DedicatedThread.run { throw Failure() } }
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
