import Testing

@testable import ContainerExec

@Suite("A copy within the user's folder")
struct LocalCopyTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        try scratch.write("out/a", "1")
        try scratch.write("out/sub/b", "2")
    }

    private func copy(_ path: String, to destination: String) async throws -> ExtractionSummary? {
        let target = try ExtractionTarget(folder: scratch.path, path: destination)
        return try await LocalCopy.copy(path, in: scratch.path, into: target)
    }

    private func text(_ name: String) -> String? {
        SmallFile.read("\(scratch.path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `files and folders are copied, merged and renamed`() async throws {
        #expect(try await copy("out", to: "new/place")?.files == 2)
        #expect(try await copy("/out/a", to: "file")?.bytes == 1)
        #expect(try await copy("./out/sub/", to: "new/place")?.files == 1)
        #expect(text("new/place/sub/b") == "2" && text("file") == "1" && text("new/place/b") == "2")
    }

    @Test func `a folder that is copied into itself is not copied for ever`() async throws {
        #expect(try await copy("out", to: "out/copy")?.files == 2)
        #expect(try await copy(".", to: "all")?.files == 4)
        #expect(text("out/copy/sub/b") == "2" && text("all/out/copy/a") == "1")
        #expect(try await copy("out", to: "out/copy")?.files == 2)
        #expect(text("out/copy/copy/a") == nil && text("all/all/out/a") == nil)
    }

    @Test func `what is not there is nothing`() async throws {
        #expect(try await copy("none", to: "x") == nil)
        #expect(try await copy("none/deeper", to: "x") == nil)
    }

    @Test func `a file that cannot be written says why`() async throws {
        try scratch.write("full/x", "")
        let error = await #expect(throws: ContainerExecError.self) { try await copy("out/a", to: "full") }
        #expect(error?.code == .io)
        #expect(error?.message.contains("'full'") == true)
    }

    @Test func `what is there is told from what is not, and nothing outside the folder is looked at`() {
        #expect(LocalCopy.exists("out/a", in: scratch.path))
        #expect(LocalCopy.exists("./out/", in: scratch.path))
        #expect(!LocalCopy.exists("none", in: scratch.path))
        #expect(!LocalCopy.exists("../../etc/passwd", in: scratch.path))
    }
}
