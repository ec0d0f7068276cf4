import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Watching folders", .timeLimit(.minutes(2))) struct TreeWatchTests {
    /// What a watch tells, and a way to wait for it.
    private final class Log: Sendable {
        private let seen = Mutex<Set<String>>([])

        func add(_ change: TreeChange) {
            _ = seen.withLock { seen in
                switch change {
                case .path(let path, _): seen.insert(String(decoding: path, as: UTF8.self))
                case .notice(let text): seen.insert("! " + text)
                }
            }
        }

        var all: Set<String> { seen.withLock { $0 } }

        func wait(for path: String) async -> Bool {
            // Only a watch that does not work takes that long.
            for _ in 0..<2_000 {
                if all.contains(path) { return true }
                try? await Task.sleep(for: .milliseconds(10))
            }
            return false
        }

        func forget() { seen.withLock { $0 = [] } }
    }

    private func watch(_ tree: ScratchFolder, _ log: Log, isPolling: Bool) throws -> TreeWatch {
        try TreeWatch(
            roots: [tree.path],
            isPolling: isPolling,
            wants: { path, _ in !String(decoding: path, as: UTF8.self).contains("ignored") },
            onChange: { log.add($0) }
        )
    }

    @Test(arguments: [false, true])
    func `what is written, made, moved and removed is told`(isPolling: Bool) async throws {
        let tree = try ScratchFolder()
        try tree.write("a/old", "1")
        try tree.write("a/gone", "1")
        try tree.write("a/moved", "1")
        try tree.write("a/mode", "1")
        let log = Log()
        let watch = try watch(tree, log, isPolling: isPolling)
        try tree.write("a/old", "22")
        #expect(await log.wait(for: tree.path + "/a/old"))
        try tree.write("new", "1")
        #expect(await log.wait(for: tree.path + "/new"))
        unlink(tree.path + "/a/gone")
        #expect(await log.wait(for: tree.path + "/a/gone"))
        rename(tree.path + "/a/moved", tree.path + "/here")
        #expect(await log.wait(for: tree.path + "/here"))
        #expect(await log.wait(for: tree.path + "/a/moved"))
        chmod(tree.path + "/a/mode", 0o700)
        #expect(await log.wait(for: tree.path + "/a/mode"))
        watch.stop()
    }

    @Test(arguments: [false, true])
    func `new folders are watched, with what comes into them`(isPolling: Bool) async throws {
        let tree = try ScratchFolder()
        let log = Log()
        let watch = try watch(tree, log, isPolling: isPolling)
        try tree.write("x/y/first", "1")
        #expect(await log.wait(for: tree.path + "/x"))
        // The folder is watched by now, or its file is told of with it.
        try? await Task.sleep(for: .milliseconds(200))
        try tree.write("x/y/second", "1")
        #expect(await log.wait(for: tree.path + "/x/y/second"))
        rename(tree.path + "/x", tree.path + "/z")
        #expect(await log.wait(for: tree.path + "/z"))
        try? await Task.sleep(for: .milliseconds(200))
        log.forget()
        try tree.write("z/y/third", "1")
        #expect(await log.wait(for: tree.path + "/z/y/third"))
        #expect(!log.all.contains { $0.hasPrefix(tree.path + "/x") })
        watch.stop()
    }

    @Test(arguments: [false, true])
    func `what does not count is not told, nor what is only read`(isPolling: Bool) async throws {
        let tree = try ScratchFolder()
        try tree.write("ignored/a", "1")
        try tree.write("b", "1")
        let log = Log()
        let watch = try watch(tree, log, isPolling: isPolling)
        try tree.write("ignored/a", "2")
        try tree.write("ignored-too", "2")
        _ = FileManager.default.contents(atPath: tree.path + "/b")
        try tree.write("end", "1")
        #expect(await log.wait(for: tree.path + "/end"))
        #expect(log.all == [tree.path + "/end"])
        watch.stop()
    }

    @Test func `a folder that is not there is no error, as it may come`() throws {
        for isPolling in [true, false] {
            let watch = try TreeWatch(
                roots: ["/nonexistent"],
                isPolling: isPolling,
                wants: { _, _ in true },
                onChange: { _ in Issue.record("nothing is there that could change") }
            )
            watch.stop()
        }
    }

    #if os(Linux)
    @Test func `a file that has no name yet is nobody's`() async throws {
        let tree = try ScratchFolder()
        let log = Log()
        let watch = try watch(tree, log, isPolling: false)
        // O_TMPFILE, a macro that Swift does not see.
        let file = open(tree.path, O_WRONLY | 0o20200000, 0o600)
        try #require(file >= 0)
        write(file, "x", 1)
        fchmod(file, 0o644)
        close(file)
        try tree.write("end", "1")
        #expect(await log.wait(for: tree.path + "/end"))
        #expect(log.all == [tree.path + "/end"])
        watch.stop()
    }

    @Test func `events that the system lost are found by looking`() async throws {
        let limit = SmallFile.read("/proc/sys/fs/inotify/max_queued_events")
        let queue = try #require(limit.flatMap { Int(String(decoding: $0, as: UTF8.self).split(separator: "\n")[0]) })
        try #require(queue <= 100_000)
        let tree = try ScratchFolder()
        try tree.write("a", "1")
        let log = Log()
        let isHeld = Mutex(true)
        let watch = try TreeWatch(
            roots: [tree.path],
            wants: { _, _ in true },
            onChange: { change in
                // The first event holds up the thread until the queue has overflowed.
                while isHeld.withLock({ $0 }) { usleep(1_000) }
                log.add(change)
            }
        )
        for index in 0...(queue / 2 + 1_000) {
            chmod(tree.path + "/a", index % 2 == 0 ? 0o600 : 0o644)
            chmod(tree.path, index % 2 == 0 ? 0o700 : 0o755)
            try tree.write("t\(index % 2)", "")
        }
        try tree.write("lost", "1")
        isHeld.withLock { $0 = false }
        #expect(await log.wait(for: tree.path + "/lost"))
        watch.stop()
    }

    @Test func `where no more can be watched, that is said, and changes are looked for`() async throws {
        let tree = try ScratchFolder()
        try tree.write("a", "1")
        let log = Log()
        let wake = try WakePipe()
        let (path, add) = (Array(tree.path.utf8), { @Sendable (change: TreeChange) in log.add(change) })
        let inotify = try InotifyTree(roots: [path], limit: "too many", wants: { _, _ in true }, onChange: add)
        #expect(inotify.run(until: wake) == "too many: okteto-run looks for changes every second instead")
        #expect(inotify.snapshot.count == 1)
    }
    #endif
}
