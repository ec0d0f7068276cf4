import ProcessEnvironment
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("The extraction of an archive")
struct ArchiveExtractionTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        scratch.folder("tree")
    }

    private var tree: String { scratch.path + "/tree" }

    @discardableResult
    private func extract(_ bytes: [UInt8], to path: String = "out", piece: Int = 7_919) throws -> ExtractionSummary {
        let target = try ExtractionTarget(folder: tree, path: path)
        var rest = bytes[...]
        return try ArchiveExtraction.extract(
            from: { buffer throws(ContainerExecError) in
                let count = min(piece, rest.count, buffer.count)
                buffer.replaceSubrange(0..<count, with: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            },
            into: target
        )
    }

    private func tar(_ build: (inout TarBytes) -> Void) -> [UInt8] {
        var tar = TarBytes()
        build(&tar)
        return tar.finished
    }

    private func text(_ name: String) -> String? {
        SmallFile.read("\(tree)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    private func status(_ name: String) throws -> FileStatus? {
        try TargetFolder.open(path: scratch.path).status(of: Array(name.utf8))
    }

    /// Everything below the tree, so that what was left behind is seen.
    private func names(_ folder: String = "") throws -> [String] {
        let open = try OpenFolder.open(path: Array("\(tree)/\(folder)".utf8))
        return try open.names().flatMap { bytes in
            let name = folder + String(decoding: bytes, as: UTF8.self)
            return try [name] + (open.status(of: bytes).kind == .folder ? names(name + "/") : [])
        }
    }

    @Test func `the target's name takes the place of the archive's`() throws {
        let bytes = tar {
            $0.folder("coverage/")
            $0.file("coverage/a", "1")
            $0.folder("coverage/deep/")
            $0.file("coverage/deep/b", "2")
        }
        let summary = try extract(bytes, to: "/reports//x/./y")
        #expect(summary.files == 2 && summary.bytes == 2 && summary.notes.isEmpty)
        #expect(
            try names() == ["reports", "reports/x", "reports/x/y"]
                + ["a", "deep", "deep/b"].map { "reports/x/y/" + $0 }
        )
    }

    @Test func `one file takes the target's name, or keeps its own in a target that ends with a slash`() throws {
        let bytes = tar { $0.file("report.xml", "<x/>") }
        try extract(bytes, to: "a/b.xml")
        try extract(bytes, to: "c/")
        try extract(bytes, to: ".")
        #expect(try names() == ["a", "a/b.xml", "c", "c/report.xml", "report.xml"])
        #expect(text("c/report.xml") == "<x/>")
    }

    @Test func `a target that leads out of the folder is refused`() {
        for path in ["..", "../x", "a/../../x", "/../x"] {
            #expect(throws: ContainerExecError.self) { try ExtractionTarget(folder: "/f", path: path) }
        }
    }

    @Test func `modes and times are kept, set-user-ID and owners are not`() throws {
        let bytes = tar {
            $0.folder("d/", mode: 0o555)
            $0.file("d/tool", "x", mode: 0o4751)
            $0.file("d/secret", "x", mode: 0o2600)
        }
        try extract(bytes)
        let folder = try TargetFolder.open(path: "\(tree)/out")
        #expect(try folder.status(of: Array("tool".utf8))?.mode == 0o751)
        #expect(try folder.status(of: Array("secret".utf8))?.mode == 0o600)
        #expect(try folder.status(of: Array("tool".utf8))?.modified.seconds == 1_600_000_000)
        // The owner can write, or the next run could not.
        #expect(try TargetFolder.open(path: tree).status(of: Array("out".utf8))?.mode == 0o755)
        var info = stat()
        #expect(stat("\(tree)/out/tool", &info) == 0 && info.st_uid == geteuid())
    }

    @Test(arguments: ["../evil", "/evil", "d/../../evil", "d/x/../../../evil", ".."])
    func `a name that leads elsewhere ends the extraction, and nothing is written there`(name: String) throws {
        let bytes = tar {
            $0.folder("d/")
            $0.file(name, "evil")
        }
        let error = #expect(throws: ContainerExecError.self) { try extract(bytes) }
        #expect(error?.code == .io)
        #expect(try names() == ["out"])
        #expect(try status("evil") == nil)
    }

    @Test(arguments: ["../../outside", "/etc/passwd", "d/../../x", "d", ".."])
    func `a hard link that leads elsewhere ends the extraction`(target: String) throws {
        try scratch.write("outside", "mine")
        let bytes = tar {
            $0.folder("d/")
            $0.hardLink("d/h", to: target)
        }
        #expect(throws: ContainerExecError.self) { try extract(bytes) }
        #expect(try names() == ["out"])
    }

    @Test func `a hard link is made to a file of the archive`() throws {
        let bytes = tar {
            $0.folder("d/")
            $0.file("d/a", "same")
            $0.folder("d/s/")
            $0.hardLink("d/s/b", to: "d/a")
        }
        try extract(bytes)
        try extract(bytes)
        #expect(text("out/s/b") == "same")
        let open = try OpenFolder.open(path: Array("\(tree)/out".utf8))
        #expect(try open.status(of: Array("a".utf8)).linkCount == 2)
        #expect(try names() == ["out", "out/a", "out/s", "out/s/b"])
    }

    @Test(arguments: ["sub", ".", "..", "/", "../../elsewhere"])
    func `nothing is written through a link of the archive`(target: String) throws {
        scratch.folder("elsewhere")
        let bytes = tar {
            $0.folder("d/")
            $0.folder("d/sub/")
            $0.link("d/l", to: target)
            $0.file("d/l/evil", "evil")
        }
        _ = try? extract(bytes)
        let inside = try names().filter { $0.contains("evil") }
        // A link that was left out is no link: what is below it lands in a folder of that name.
        #expect(inside.isEmpty || inside == ["out/l/evil"])
        #expect(try OpenFolder.open(path: Array("\(scratch.path)/elsewhere".utf8)).names().isEmpty)
        #expect(try status("evil") == nil)
    }

    @Test func `nothing is written through a link that was in the tree`() throws {
        scratch.folder("elsewhere")
        try scratch.write("victim", "mine")
        try scratch.link("tree/out", to: "../elsewhere")
        let bytes = tar {
            $0.folder("d/")
            $0.file("d/evil", "evil")
        }
        let error = #expect(throws: ContainerExecError.self) { try extract(bytes) }
        #expect(error?.message.contains("'out'") == true, "\(error?.message ?? "")")
        #expect(throws: ContainerExecError.self) { try extract(bytes, to: "out/deeper") }
        #expect(try OpenFolder.open(path: Array("\(scratch.path)/elsewhere".utf8)).names().isEmpty)
        // The last name may be a link: it is replaced, and what it led to is not touched.
        try scratch.link("tree/file", to: "../victim")
        try extract(tar { $0.file("f", "new") }, to: "file")
        #expect(text("file") == "new")
        #expect(text("../victim") == "mine")
    }

    @Test(arguments: [
        ("a", 0, true), ("a/b", 0, true), ("./a", 0, true), ("..", 0, false), ("..", 1, true), ("../a", 1, true),
        ("../../a", 1, false), ("/a", 5, false), ("a/..", 5, false), ("a/../../..", 5, false), ("../a/../b", 5, false),
        ("", 0, false), (".", 0, true), ("..a", 0, true), ("./../x", 1, true),
    ])
    func `a link stays when its target cannot leave`(target: String, depth: Int, stays: Bool) {
        #expect(EntryPath.stays(Array(target.utf8), depth: depth) == stays)
    }

    @Test func `links that lead out, devices and pipes are left out with a note`() throws {
        let bytes = tar {
            $0.folder("d/")
            $0.link("d/out", to: "/etc/passwd")
            $0.link("d/up", to: "../x")
            $0.link("d/fine", to: "file")
            $0.entry("d/null", "3", mode: 0o666)
            $0.entry("d/disk", "4", mode: 0o666)
            $0.entry("d/pipe", "6", mode: 0o666)
            $0.file("d/file", "x")
        }
        let summary = try extract(bytes)
        #expect(summary.notes.count == 5)
        #expect(summary.notes.first == "'out/out' is a link that leads out of the artifact and was left out")
        #expect(summary.links == 1 && summary.files == 1)
        #expect(try names() == ["out", "out/file", "out/fine"])
    }

    @Test func `files replace files, folders are merged, and a full folder is not replaced`() throws {
        try scratch.write("tree/out/kept", "kept")
        try scratch.write("tree/out/old", "old", mode: 0o400)
        try scratch.write("tree/out/folder", "a file in the place of a folder")
        try scratch.write("tree/out/full/x", "")
        scratch.folder("tree/out/empty")
        scratch.folder("tree/out", mode: 0o755)
        try extract(
            tar {
                $0.folder("d/", mode: 0o700)
                $0.file("d/old", "new")
                $0.folder("d/folder/")
                $0.file("d/folder/in", "1")
                $0.file("d/empty", "file")
            }
        )
        #expect(text("out/kept") == "kept" && text("out/old") == "new")
        #expect(text("out/folder/in") == "1" && text("out/empty") == "file")
        let error = #expect(throws: ContainerExecError.self) {
            try extract(
                tar {
                    $0.folder("d/")
                    $0.file("d/full", "file")
                }
            )
        }
        #expect(error?.message.contains("'out/full'") == true)
        #expect(text("out/full/x") == "")
        #expect(try names().allSatisfy { !$0.contains("okteto-run") })
        // A folder of the user's keeps its own mode.
        #expect(try TargetFolder.open(path: tree).status(of: Array("out".utf8))?.mode == 0o755)
    }

    @Test func `an archive that is cut anywhere is an error, and no part of a file has its name`() throws {
        let contents = String(repeating: "0123456789abcdef", count: 4_000)
        let whole = tar {
            $0.folder("d/")
            $0.file("d/big", contents)
        }
        for length in [0, 100, 512, 600, 1_024, 1_500, 30_000, whole.count - 1_536, whole.count - 512] {
            let error = #expect(throws: ContainerExecError.self, "\(length)") { try extract(Array(whole[..<length])) }
            #expect(error?.code == .io)
            #expect(text("out/big") == nil || text("out/big") == contents)
            #expect(try names().allSatisfy { !$0.contains("okteto-run") })
        }
    }

    @Test func `what is no archive is an error`() {
        #expect(throws: ContainerExecError.self) {
            try extract(Array(repeating: 0x41, count: 10_240))
        }
    }

    @Test func `what the source throws goes through`() throws {
        let target = try ExtractionTarget(folder: tree, path: "out")
        let error = #expect(throws: ContainerExecError.self) {
            try ArchiveExtraction.extract(
                from: { _ throws(ContainerExecError) in throw ContainerExecError(.engineFailed, "gone") },
                into: target
            )
        }
        #expect(error?.message == "gone")
    }

    @Test func `what an archive of a workspace holds comes out as it went in`() throws {
        let long = String(repeating: "n", count: 200)
        try scratch.write("source/\(long)/\(long)/\(long)", "deep")
        try scratch.write("source/é", "accent")
        #if !canImport(Darwin)
        try scratch.write(Array("source/".utf8) + [0xFF, 0x20, 0x0A, 0x5C], Array("bytes".utf8))
        #endif
        try scratch.write("source/sparse", "start")
        truncate("\(scratch.path)/source/sparse", 40 << 20)
        scratch.folder("source/empty", mode: 0o711)
        try scratch.write("source/zero", "")
        try scratch.link("source/link", to: "é")
        try scratch.hardLink("source/zzz", to: "source/é")
        var bytes: [UInt8] = []
        let archive = WorkspaceArchive(folder: scratch.path + "/source", destination: "x")
        _ = try archive.write { piece throws(ContainerExecError) in
            bytes += piece.withUnsafeBytes { Array($0) }
        }
        try extract(bytes, to: "x", piece: 65_536)
        let diff = popen("diff -r --no-dereference \(scratch.path)/source \(tree)/x 2>&1; ls -ls \(tree)/x/sparse", "r")
        let pipe = try #require(diff)
        var output = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&output, 1, output.count, pipe)
        pclose(pipe)
        let shown = String(decoding: output[..<count], as: UTF8.self)
        #expect(shown.split(separator: "\n").count == 1, "\(shown)")
        let blocks = shown.split(separator: " ").first.flatMap { Int($0) } ?? .max
        #expect(blocks < 1_024, "the hole is still one")
        #expect(try TargetFolder.open(path: tree + "/x").status(of: Array("empty".utf8))?.mode == 0o711)
    }
}
