import FoundationEssentials
import ProcessEnvironment
import SystemPackage
import Testing

@testable import ManifestRunner

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct ReportFileTests {
    private struct Folder: ~Copyable {
        let path = FileManager.default.temporaryDirectory.path + "/okteto-run-reports-" + UUID().uuidString

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func text(_ name: String) -> String? {
            FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
        }

        var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
    }

    @Test func `a file is new or replaced, and nothing is left beside it`() throws {
        let folder = try Folder()
        for text in ["first", "second"] {
            try ReportFile("a.xml", from: folder.path).write(Array(text.utf8))
            #expect(folder.text("a.xml") == text && folder.names == ["a.xml"])
        }
        try ReportFile(folder.path + "/sub/../b", from: "/").write([])
        #expect(folder.names == ["a.xml", "b"])
    }

    @Test func `a symbolic link is replaced and not followed`() throws {
        let folder = try Folder()
        try Data("mine".utf8).write(to: URL(filePath: folder.path + "/target"))
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "target")
        try ReportFile("link", from: folder.path).write(Array("report".utf8))
        #expect(folder.text("target") == "mine" && folder.text("link") == "report")
    }

    @Test func `devices are written into as they are`() throws {
        try ReportFile("/dev/null", from: "/").write([1, 2, 3])
        #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    }

    @Test func `what takes the place of a report meanwhile is replaced, and neither waited for nor written through`()
        throws
    {
        let folder = try Folder()
        try Data("mine".utf8).write(to: URL(filePath: folder.path + "/target"))
        let reports = try ["pipe", "link", "device"].map { try ReportFile($0, from: folder.path) }
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "target")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/device", withDestinationPath: "/dev/null")
        for report in reports { try report.write(Array("report".utf8)) }
        for name in ["pipe", "link", "device"] { #expect(folder.text(name) == "report") }
        #expect(folder.text("target") == "mine")
    }

    @Test func `a pipe that was there is written into, and one that nobody reads is an error`() throws {
        let folder = try Folder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let report = try ReportFile("pipe", from: folder.path)
        let error = #expect(throws: SystemError.self) { try report.write([1]) }
        #expect(error?.errno == ENXIO)
        let reader = try FileDescriptor.open(FilePath(path), .readOnly, options: .nonBlocking)
        try reader.closeAfter {
            try report.write(Array("report".utf8))
            var bytes = [UInt8](repeating: 0, count: 10)
            let count = try bytes.withUnsafeMutableBytes { try reader.read(into: $0) }
            #expect(String(decoding: bytes[..<count], as: UTF8.self) == "report")
        }
        #expect(unlink(path) == 0)
        try Data("mine".utf8).write(to: URL(filePath: folder.path + "/target"))
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "target")
        #expect(throws: SystemError.self) { try report.write([1]) }
        #expect(folder.text("target") == "mine")
    }

    @Test func `a pipe that is a descriptor of this process is written into`() throws {
        let pipe = try FileDescriptor.pipe()
        defer { try? pipe.readEnd.close() }
        try pipe.writeEnd.closeAfter {
            try ReportFile("/dev/fd/\(pipe.writeEnd.rawValue)", from: "/").write([7])
        }
        var bytes = [UInt8](repeating: 0, count: 2)
        #expect(try bytes.withUnsafeMutableBytes { try pipe.readEnd.read(into: $0) } == 1)
    }

    #if os(Linux)
    @Test func `a file in shared memory is a file, and a link there is not followed`() throws {
        let name = "/dev/shm/okteto-run-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: name) }
        try ReportFile(name, from: "/").write(Array("one".utf8))
        #expect(FileManager.default.contents(atPath: name) == Data("one".utf8))
        try FileManager.default.removeItem(atPath: name)
        try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: name + "-target")
        try ReportFile(name, from: "/").write(Array("two".utf8))
        #expect(FileManager.default.contents(atPath: name) == Data("two".utf8))
        #expect(!FileManager.default.fileExists(atPath: name + "-target"))
    }
    #endif

    @Test func `what cannot be written is said with its path and the reason`() throws {
        let folder = try Folder()
        try Data().write(to: URL(filePath: folder.path + "/file"))
        for (path, reason) in [
            ("none/a", "no such file or directory"), (".", "is a directory"), ("file/a", "not a directory"),
        ] {
            let error = #expect(throws: SystemError.self) { try ReportFile(path, from: folder.path) }
            #expect(error?.reason == reason, "\(path)")
        }
        let file = try ReportFile("later/../a", from: folder.path)
        try FileManager.default.removeItem(atPath: folder.path)
        let error = #expect(throws: SystemError.self) { try file.write([1]) }
        #expect(error?.description == "cannot write \(folder.path)/a: no such file or directory")
    }

    @Test(arguments: [
        ("junit=a.xml", ReportKind.junit, "a.xml"), ("json=a=b", .json, "a=b"), ("html=/x y", .html, "/x y"),
    ])
    func `a report is a kind and a file`(argument: String, kind: ReportKind, path: String) {
        let destination = ReportDestination(argument: argument)
        #expect(destination?.kind == kind && destination?.path == path)
    }

    @Test(arguments: ["junit", "junit=", "xml=a", "=a", "", "JUnit=a", "json=a\0b"])
    func `anything else is none`(argument: String) {
        #expect(ReportDestination(argument: argument) == nil)
    }
}
