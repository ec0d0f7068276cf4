internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Work on many items that several threads share.
package enum ThreadedLoop {
    private final class State: Sendable {
        let next = Atomic<Int>(0)
        let running = Atomic<Int>(0)
        let finished: WakePipe

        init() throws(SystemError) {
            finished = try WakePipe()
        }
    }

    /// How many threads can run at once here, at most four: more only get into each other's way at a disk.
    package static var usualThreads: Int {
        min(max(Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))), 1), 4)
    }

    /// Calls `body` for each of `0..<count`, on this thread and others, and returns when all are done.
    ///
    /// Blocks the calling thread, which must be one of its own. Where the system has no thread left, those that are
    /// there do the work.
    package static func run(_ count: Int, threads: Int = usualThreads, _ body: @escaping @Sendable (Int) -> Void) {
        guard count > 1, threads > 1, let state = try? State() else {
            for index in 0..<max(count, 0) { body(index) }
            return
        }
        let work: @Sendable () -> Void = {
            while true {
                let index = state.next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
        for _ in 1..<min(threads, count) {
            state.running.add(1, ordering: .relaxed)
            do {
                try DedicatedThread.start {
                    work()
                    // What the bodies wrote is seen by whoever sees that the thread is done.
                    state.running.subtract(1, ordering: .releasing)
                    state.finished.wake()
                }
            } catch {
                state.running.subtract(1, ordering: .relaxed)
                break
            }
        }
        work()
        while state.running.load(ordering: .acquiring) > 0 {
            var entry = pollfd(fd: state.finished.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&entry, 1, -1)
            state.finished.drain()
        }
    }
}
