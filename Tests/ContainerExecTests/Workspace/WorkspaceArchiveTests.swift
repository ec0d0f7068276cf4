import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("The archive of a workspace")
struct WorkspaceArchiveTests {
    private let tree: ScratchFolder
    private let target: ScratchFolder

    init() throws {
        tree = try ScratchFolder()
        target = try ScratchFolder()
    }

    /// Writes the archive to a file and returns its listing by the system's tar, one name per line.
    private func names(
        extraFiles: [MemoryFile] = [],
        filter: @escaping WorkspaceArchive.Filter = { _, _ in .include }
    ) throws -> [String] {
        try write(extraFiles: extraFiles, filter: filter)
        return try tar("-tf").split(separator: "\n").map(String.init)
    }

    @discardableResult
    private func write(
        extraFiles: [MemoryFile] = [],
        filter: @escaping WorkspaceArchive.Filter = { _, _ in .include }
    ) throws -> WorkspaceSummary {
        let archive = WorkspaceArchive(folder: tree.path, extraFiles: extraFiles, filter: filter)
        var bytes: [UInt8] = []
        let summary = try archive.write { piece throws(ContainerExecError) in
            bytes += piece.withUnsafeBytes { Array($0) }
        }
        try target.write(Array("a.tar".utf8), bytes)
        return summary
    }

    private func tar(_ words: String) throws -> String {
        let stream = popen("LC_ALL=C tar \(words) \(target.path)/a.tar -C \(target.path) 2>&1", "r")
        let pipe = try #require(stream)
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer[..<count] }
        #expect(pclose(pipe) == 0, "\(String(decoding: output, as: UTF8.self))")
        return String(decoding: output, as: UTF8.self)
    }

    private func contents(_ name: String) -> [UInt8]? {
        SmallFile.read("\(target.path)/\(name)", limit: 64 << 20)
    }

    @Test func `entries land in the workspace folder, in the order of their bytes`() throws {
        try tree.write("b", "1")
        try tree.write("a/c", "2")
        tree.folder("empty")
        #expect(
            try names() == [
                "okteto/", "okteto/src/", "okteto/src/a/", "okteto/src/a/c", "okteto/src/b", "okteto/src/empty/",
            ]
        )
    }

    @Test func `files from memory come first, and their folders once`() throws {
        try tree.write("x", "1")
        let file = MemoryFile(path: "okteto/ca.pem", contents: Array("CERT".utf8))
        #expect(try names(extraFiles: [file]) == ["okteto/", "okteto/ca.pem", "okteto/src/", "okteto/src/x"])
        _ = try tar("-xf")
        #expect(contents("okteto/ca.pem") == Array("CERT".utf8))
    }

    @Test func `owner is 0, modes and links are kept`() throws {
        try tree.write("tool", "#!/bin/sh\n", mode: 0o751)
        try tree.link("link", to: "../outside")
        try tree.write("one", "same")
        try tree.hardLink("two", to: "one")
        let summary = try write()
        #expect(summary.files == 3 && summary.links == 1 && summary.bytes == 14)
        let listing = try tar("--numeric-owner -tvf").split(separator: "\n")
        #expect(listing.allSatisfy { $0.contains(" 0/0 ") })
        #expect(listing.contains { $0.hasPrefix("-rwxr-x--x") && $0.hasSuffix("okteto/src/tool") })
        #expect(listing.contains { $0.hasSuffix("okteto/src/link -> ../outside") })
        #expect(listing.contains { $0.hasSuffix("okteto/src/two link to okteto/src/one") })
    }

    @Test func `contents of every size about a block's come out as they went in`() throws {
        for size in [0, 1, 511, 512, 513, 262_143, 262_144, 262_145, 3_000_000] {
            try tree.write(Array("f\(size)".utf8), (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        }
        try write()
        _ = try tar("-xf")
        for size in [0, 1, 511, 512, 513, 262_143, 262_144, 262_145, 3_000_000] {
            #expect(contents("okteto/src/f\(size)") == (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        }
    }

    @Test func `long names and names that are no text survive`() throws {
        let long = String(repeating: "n", count: 200)
        try tree.write("\(long)/\(long)", "long")
        try tree.write("é", "accent")
        #if !canImport(Darwin)
        try tree.write([0xFF, 0x20, 0x0A, 0x5C], Array("bytes".utf8))
        #endif
        try write()
        _ = try tar("-xf")
        #expect(contents("okteto/src/\(long)/\(long)") == Array("long".utf8))
        #expect(contents("okteto/src/é") == Array("accent".utf8))
        #if !canImport(Darwin)
        let folder = try OpenFolder.open(path: Array("\(target.path)/okteto/src".utf8))
        #expect(try folder.names().contains([0xFF, 0x20, 0x0A, 0x5C]))
        #endif
    }

    @Test func `a file with holes is small in the archive and whole when unpacked`() throws {
        try tree.write("sparse", "start")
        let descriptor = open("\(tree.path)/sparse", O_WRONLY)
        pwrite(descriptor, "end", 3, 32 << 20)
        close(descriptor)
        try write()
        #expect((contents("a.tar")?.count ?? .max) < 1 << 20)
        _ = try tar("-xf")
        let unpacked = try #require(contents("okteto/src/sparse"))
        #expect(unpacked.count == (32 << 20) + 3)
        #expect(unpacked.prefix(6) == Array("start\0".utf8)[...] && unpacked.suffix(3) == Array("end".utf8)[...])
    }

    @Test func `a file that is nothing but a hole keeps its size`() throws {
        try tree.write("hole", "")
        truncate("\(tree.path)/hole", 8 << 20)
        try tree.write("next", "n")
        try write()
        _ = try tar("-xf")
        #expect(contents("okteto/src/hole")?.count == 8 << 20)
        #expect(contents("okteto/src/next") == Array("n".utf8))
    }

    @Test func `pipes are left out with a note`() throws {
        tree.pipe("fifo")
        try tree.write("x", "")
        let summary = try write()
        #expect(summary.notes == ["fifo is no file and was left out"])
        #expect(summary.files == 1)
    }

    @Test func `the filter sees each path once and excluded folders are not entered`() throws {
        try tree.write("keep/a", "")
        try tree.write("drop/b", "")
        let seen = Mutex<[String]>([])
        let names = try names { path, isFolder in
            let text = String(decoding: path, as: UTF8.self)
            seen.withLock { $0.append(text + (isFolder ? "/" : "")) }
            return text == "drop" ? .exclude : .include
        }
        #expect(seen.withLock { $0 } == ["drop/", "keep/", "keep/a"])
        #expect(names.suffix(2) == ["okteto/src/keep/", "okteto/src/keep/a"])
    }

    @Test func `a folder that is only descended into is there when something in it is`() throws {
        try tree.write("d/e/yes", "")
        try tree.write("d/f/no", "")
        let names = try names { path, isFolder in
            path.suffix(3) == Array("yes".utf8)[...] ? .include : isFolder ? .excludeButDescend : .exclude
        }
        #expect(names.suffix(3) == ["okteto/src/d/", "okteto/src/d/e/", "okteto/src/d/e/yes"])
    }

    @Test func `a folder that does not exist is an error that names it`() {
        let archive = WorkspaceArchive(folder: "/nonexistent/x")
        let error = #expect(throws: ContainerExecError.self) {
            try archive.write { _ throws(ContainerExecError) in }
        }
        #expect(error?.message == "cannot open the folder '/nonexistent/x': no such file or directory")
    }

    @Test func `a file that vanishes meanwhile is an error that names it`() throws {
        try tree.write("a", "")
        try tree.write("b", "")
        let path = tree.path
        let error = #expect(throws: ContainerExecError.self) {
            try write { name, _ in
                if name == Array("a".utf8) { unlink("\(path)/b") }
                return .include
            }
        }
        #expect(error?.message == "'b' is gone while the workspace was being copied")
    }

    @Test func `a file that becomes shorter meanwhile is an error that names it`() throws {
        try tree.write(Array("a".utf8), [UInt8](repeating: 1, count: 4 << 20))
        let archive = WorkspaceArchive(folder: tree.path)
        let path = tree.path
        let error = #expect(throws: ContainerExecError.self) {
            try archive.write { _ throws(ContainerExecError) in truncate("\(path)/a", 600_000) }
        }
        #expect(error?.message == "'a' became shorter while the workspace was being copied")
    }

    @Test func `what the sink throws ends the archive and goes through`() throws {
        try tree.write(Array("a".utf8), [UInt8](repeating: 1, count: 4 << 20))
        let archive = WorkspaceArchive(folder: tree.path)
        var calls = 0
        let error = #expect(throws: ContainerExecError.self) {
            try archive.write { _ throws(ContainerExecError) in
                calls += 1
                throw ContainerExecError(.cancelled, "cancelled")
            }
        }
        #expect(error?.code == .cancelled)
        #expect(calls == 1)
    }

    @Test func `a tree deeper than a path may be long, and than descriptors reach, is archived whole`() throws {
        let depth = 2_500
        defer { pclose(popen("rm -rf \(tree.path)/deep", "r")) }
        var folder = open(tree.path, O_RDONLY | O_DIRECTORY)
        mkdirat(folder, "deep", 0o755)
        for level in 0..<depth {
            let name = level == 0 ? "deep" : "dd"
            if level > 0 { mkdirat(folder, name, 0o755) }
            let inner = openat(folder, name, O_RDONLY | O_DIRECTORY)
            close(folder)
            folder = inner
            // Something behind the folder makes the walk come back to each.
            for file in level % 100 == 0 ? ["aa", "zz"] : [] { close(openat(folder, file, O_WRONLY | O_CREAT, 0o644)) }
        }
        close(folder)
        let summary = try write()
        #expect(summary.folders == depth && summary.files == 50)
        let names = try tar("-tf").split(separator: "\n")
        #expect(names.count == depth + 50 + 2)
        #expect(names.map(\.utf8.count).max() ?? 0 > 7_000)
        #expect(names.last == "okteto/src/deep/zz")
    }

    @Test func `a folder that is moved meanwhile is an error that names where it was`() throws {
        for level in 0..<80 {
            try tree.write(String(repeating: "d/", count: level) + "d/f", "")
        }
        let path = tree.path
        let bottom = Array((String(repeating: "d/", count: 80) + "f").utf8)
        let error = #expect(throws: ContainerExecError.self) {
            try write { name, _ in
                // From below a folder that is not held open any more to the top.
                if name == bottom { rename("\(path)/d/d/d", "\(path)/moved") }
                return .include
            }
        }
        #expect(error?.message == "'d/d' is gone while the workspace was being copied")
    }

    @Test func `a file that grows meanwhile is archived as long as it was`() throws {
        try tree.write(Array("a".utf8), [UInt8](repeating: 1, count: 4 << 20))
        let path = tree.path
        let archive = WorkspaceArchive(folder: tree.path)
        var bytes: [UInt8] = []
        let summary = try archive.write { piece throws(ContainerExecError) in
            bytes += piece.withUnsafeBytes { Array($0) }
            truncate("\(path)/a", 9 << 20)
        }
        #expect(summary.bytes == 4 << 20)
        try target.write(Array("a.tar".utf8), bytes)
        _ = try tar("-xf")
        #expect(contents("okteto/src/a")?.count == 4 << 20)
    }

    @Test(.enabled(if: geteuid() != 0, "root reads everything"), arguments: ["file", "folder"])
    func `what cannot be read is an error that names it`(kind: String) throws {
        try tree.write("x/file", "")
        chmod("\(tree.path)/x\(kind == "file" ? "/file" : "")", 0)
        defer { chmod("\(tree.path)/x", 0o755) }
        let error = #expect(throws: ContainerExecError.self) { try write() }
        let name = kind == "file" ? "x/file" : "x"
        #expect(error?.message == "cannot open '\(name)' in the workspace: permission denied")
    }

    @Test func `times of change are whole seconds, so that a small file takes two blocks`() throws {
        for index in 0..<100 { try tree.write("f\(index)", "x") }
        try write()
        #expect((contents("a.tar")?.count ?? .max) < 103 * 1_024 + 2_048)
    }
}
