import Synchronization
import Testing

@testable import ManifestRunner

@Suite struct ImagePullsTests {
    private struct Broken: Error {}

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    private let key = ImagePulls.Key(image: "busybox", platform: nil)

    @Test func `many that want an image at once, and later, pull it once`() async throws {
        let pulls = ImagePulls()
        let count = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { [key] in
                    try await pulls.pull(key) {
                        count.add()
                        for _ in 0..<100 { await Task.yield() }
                    }
                }
            }
            try await group.waitForAll()
        }
        try await pulls.pull(key) { count.add() }
        #expect(count.value == 1)
    }

    @Test func `another platform of the image is another pull`() async throws {
        let pulls = ImagePulls()
        var count = 0
        for platform in [nil, "linux/arm64", nil] {
            try await pulls.pull(ImagePulls.Key(image: "busybox", platform: platform)) { count += 1 }
        }
        #expect(count == 2)
    }

    @Test func `a pull that failed is an error to whoever made it, and the next one pulls`() async throws {
        let pulls = ImagePulls()
        await #expect(throws: Broken.self) { try await pulls.pull(key) { throw Broken() } }
        var isPulled = false
        try await pulls.pull(key) { isPulled = true }
        #expect(isPulled)
    }

    @Test func `who waits for another's pull can be cancelled`() async throws {
        let pulls = ImagePulls()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (release, finish) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup { group in
            group.addTask { [key] in
                try await pulls.pull(key) {
                    begin.finish()
                    for await _ in release {}
                }
            }
            for await _ in begun {}
            await withTaskGroup { waiting in
                waiting.addTask { [key] in
                    await #expect(throws: CancellationError.self) { try await pulls.pull(key) {} }
                }
                waiting.cancelAll()
            }
            finish.finish()
            try await group.waitForAll()
        }
    }
}
