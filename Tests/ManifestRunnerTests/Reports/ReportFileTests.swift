import FoundationEssentials
import ProcessEnvironment
import SystemPackage
import Testing

@testable import ManifestRunner

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
