import ProcessEnvironment
import Synchronization
import Testing

@Suite struct ThreadedLoopTests {
    @Test(arguments: [0, 1, 2, 3, 1_000], [1, 2, 4])
    func `every item is worked on once, and all are done at the end`(count: Int, threads: Int) async throws {
        let seen = try await DedicatedThread.run {
            let seen = Mutex<[Int]>([])
            ThreadedLoop.run(count, threads: threads) { index in seen.withLock { $0.append(index) } }
            return seen.withLock { $0.sorted() }
        }
        #expect(seen == Array(0..<count))
    }

    @Test func `there are one to four threads`() {
        #expect((1...4).contains(ThreadedLoop.usualThreads))
    }
}
