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

@Suite("What a folder holds") struct ContentScanTests {
    private func scan(
        _ tree: ScratchFolder,
        filter: @escaping WorkspaceArchive.Filter = { _, _ in .include },
        isOutput: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }
    ) -> ContentScan {
        ContentScan(folder: tree.path, filter: filter, isOutput: isOutput, makeDigester: { SimpleDigester() })
    }

    private func paths(_ listing: ContentListing) -> [String] {
        (listing.entries ?? []).map { String(decoding: $0.path, as: UTF8.self) }
    }

    /// Waits until files count as at rest.
    private func waitUntilAtRest() {
        // The time of a change of status cannot be set back: that much has to pass.
        usleep(2_100_000)
    }

    @Test func `files, folders and links are listed, a folder before what is in it`() throws {
        let tree = try ScratchFolder()
        try tree.write("b/c/d", "1")
        try tree.write("a", "2")
        try tree.link("b/l", to: "c/d")
        tree.folder("e")
        let listing = try scan(tree).run()
        #expect(paths(listing) == ["a", "b", "b/c", "b/c/d", "b/l", "e"])
        #expect(listing.isStable && listing.filesRead == 3)
        #expect(listing.entries?.map(\.kind) == [.file, .folder, .folder, .file, .link, .folder])
    }

    @Test func `the sum is the same for the same content, and another for every difference`() throws {
        let make = { (change: (ScratchFolder) throws -> Void) -> ContentHash in
            let tree = try ScratchFolder()
            try tree.write("a/x", "1")
            try tree.write("y", "2", mode: 0o644)
            try tree.link("l", to: "y")
            try change(tree)
            return try scan(tree).run().sum
        }
        let sums = try [
            make { _ in },
            make { try $0.write("y", "3") },
            make { try $0.write("y", "2", mode: 0o755) },
            make { try $0.write("z", "") },
            make { _ = unlink($0.path + "/a/x") },
            make { $0.folder("empty") },
            make { tree in
                _ = unlink(tree.path + "/l")
                try tree.link("l", to: "x")
            },
            make { _ = rename($0.path + "/y", $0.path + "/y2") },
            make { $0.folder("a", mode: 0o700) },
        ]
        #expect(Set(sums).count == sums.count)
        #expect(try make { _ in } == sums[0])
    }

    @Test func `what the filter leaves out does not count, and a folder for the sake of what is in it does`() throws {
        let tree = try ScratchFolder()
        try tree.write("a/keep", "1")
        try tree.write("a/drop", "1")
        try tree.write("b/drop", "1")
        let filter: WorkspaceArchive.Filter = { path, isFolder in
            if isFolder { return .excludeButDescend }
            return String(decoding: path, as: UTF8.self).hasSuffix("keep") ? .include : .exclude
        }
        let listing = try scan(tree, filter: filter).run()
        #expect(paths(listing) == ["a", "a/keep"])
        try tree.write("a/drop", "2")
        #expect(try scan(tree, filter: filter).run().sum == listing.sum)
    }

    @Test func `outputs have a sum of their own`() throws {
        let tree = try ScratchFolder()
        try tree.write("a", "1")
        try tree.write("out/r", "1")
        let scan = scan(tree, isOutput: { $0.starts(with: "out".utf8) })
        let before = try scan.run()
        try tree.write("out/r", "2")
        let after = try scan.run()
        #expect(before.sum == after.sum && before.outputSum != after.outputSum)
        #expect(after.entries?.filter(\.isOutput).count == 2)
    }

    @Test func `a file at rest is not read again, and one that was written to is`() throws {
        let tree = try ScratchFolder()
        for index in 0..<10 { try tree.write("f\(index)", "\(index)") }
        // Just written: within the same tick of the clock it may be written to again.
        let fresh = try scan(tree).run()
        #expect(fresh.filesRead == 10)
        #expect(try scan(tree).run(known: fresh).filesRead == 10)
        waitUntilAtRest()
        let rested = try scan(tree).run()
        try tree.write("f3", "x")
        let again = try scan(tree).run(known: rested)
        #expect(again.filesRead == 1 && again.sum != rested.sum)
        // The same size, and its time set back: what changed it cannot hide.
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        utimensat(AT_FDCWD, tree.path + "/f4", &times, 0)
        #expect(try scan(tree).run(known: rested).filesRead == 2)
    }

    @Test func `many files are read by several threads with the same result`() throws {
        let tree = try ScratchFolder()
        for index in 0..<9_000 { try tree.write("d\(index % 7)/f\(index)", "\(index)") }
        let listing = try scan(tree).run()
        #expect(listing.entries?.count == 9_007 && listing.filesRead == 9_000)
        let one = try #require(listing.entries?.first { $0.path == Array("d2/f4202".utf8) })
        let digester = SimpleDigester()
        digester.update(Array("4202".utf8).span.bytes)
        #expect(one.hash == ContentHash(digester.finish()))
    }

    @Test func `beyond the bound only the sum is kept`() throws {
        let tree = try ScratchFolder()
        for index in 0..<20 { try tree.write("f\(index)", "\(index)") }
        var small = scan(tree)
        small.entryLimit = 19
        let listing = try small.run()
        #expect(listing.entries == nil)
        #expect(try listing.sum == scan(tree).run().sum)
    }

    @Test func `trees that are deeper than descriptors go are read`() throws {
        let tree = try ScratchFolder()
        let path = (0..<150).map { "d\($0)" }.joined(separator: "/")
        try tree.write(path + "/f", "deep")
        try tree.write("d0/d1/z", "after")
        #expect(paths(try scan(tree).run()).suffix(2) == [path + "/f", "d0/d1/z"])
    }

    @Test func `what goes away while it is read makes the listing one to doubt`() throws {
        let tree = try ScratchFolder()
        try tree.write("a", "1")
        try tree.write("b", "1")
        let path = tree.path
        let listing = try scan(
            tree,
            filter: { name, _ in
                if name == Array("b".utf8) { unlink(path + "/a") }
                return .include
            }
        ).run()
        #expect(!listing.isStable)
        let gone = try scan(
            tree,
            filter: { _, _ in
                unlink(path + "/b")
                return .include
            }
        ).run()
        #expect(!gone.isStable)
    }

    @Test func `a file that becomes something else is not followed`() throws {
        let tree = try ScratchFolder()
        try tree.write("a", "1")
        let path = tree.path
        for replace in [
            { @Sendable in _ = mkfifo(path + "/a", 0o600) }, { @Sendable in _ = symlink("/etc/passwd", path + "/a") },
        ] {
            let listing = try scan(
                tree,
                filter: { _, _ in .include },
                isOutput: { _ in
                    unlink(path + "/a")
                    replace()
                    return false
                }
            ).run()
            #expect(!listing.isStable)
            unlink(path + "/a")
            try tree.write("a", "1")
        }
    }

    @Test func `sockets and pipes are passed by, as they are when the folder is copied`() throws {
        let tree = try ScratchFolder()
        mkfifo(tree.path + "/p", 0o600)
        try tree.write("a", "1")
        #expect(paths(try scan(tree).run()) == ["a"])
    }

    @Test func `a folder that is not there is an error that says what to check`() throws {
        let scan = ContentScan(folder: "/nonexistent", makeDigester: { SimpleDigester() })
        let error = #expect(throws: ContainerExecError.self) { try scan.run() }
        #expect(error?.code == .workspace && error?.hint == "check the context of the phase in the manifest")
    }

    @Test(.enabled(if: geteuid() != 0, "root reads everything")) func `what cannot be read is named`() throws {
        let tree = try ScratchFolder()
        try tree.write("secret", "1", mode: 0)
        let error = #expect(throws: ContainerExecError.self) { try scan(tree).run() }
        #expect(error?.message.contains("secret") == true)
    }

    @Test func `an error of the digest is the scan's`() throws {
        struct Broken: Error {}
        let tree = try ScratchFolder()
        let scan = ContentScan(folder: tree.path, makeDigester: { throw Broken() })
        #expect(throws: Broken.self) { try scan.run() }
    }

    /// Sets a flag when it has been given bytes, and counts how often it is.
    private final class StoppingDigester: ContentDigester {
        private let stop: StopFlag
        private(set) var updates = 0

        init(_ stop: StopFlag) { self.stop = stop }

        func update(_: RawSpan) {
            updates += 1
            stop.stop()
        }

        func finish() -> [UInt8] { [UInt8](repeating: 0, count: 16) }
    }

    @Test func `a scan that is stopped reads no other entry`() throws {
        let tree = try ScratchFolder()
        for name in ["a", "b", "c"] { try tree.write(name, name) }
        let stop = StopFlag()
        let seen = Mutex(0)
        let scan = scan(
            tree,
            filter: { _, _ in
                seen.withLock { $0 += 1 }
                stop.stop()
                return .include
            }
        )
        #expect(throws: CancellationError.self) { try scan.run(stop: stop) }
        #expect(seen.withLock { $0 } == 1)
    }

    @Test func `a scan that is stopped does not read a large file to its end`() throws {
        let tree = try ScratchFolder()
        try tree.write("large", String(repeating: "x", count: 1 << 20))
        let stop = StopFlag()
        let digester = StoppingDigester(stop)
        let scan = scan(tree)
        let entry = try #require(try scan.run().entries?.first)
        let reader = try ContentReader(folder: tree.path, digester: digester, stop: stop)
        #expect(throws: CancellationError.self) { try reader.read(entry) }
        #expect(digester.updates == 1)
        #expect(throws: CancellationError.self) { try scan.run(stop: stop) }
    }

    @Test func `times far away do not overflow`() {
        #expect(FileTime(seconds: .max, nanoseconds: 5).nanosecondsSince1970 == .max)
        #expect(FileTime(seconds: .min, nanoseconds: 5).nanosecondsSince1970 == .min)
        #expect(FileTime(seconds: 2, nanoseconds: 5).nanosecondsSince1970 == 2_000_000_005)
    }
}
