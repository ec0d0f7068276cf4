import FoundationEssentials
import Testing

@testable import ContainerExec

/// Small workspaces as one archive in memory.
struct PackedWorkspaceTests {
    @Test func `a small workspace is packed whole`() throws {
        let folder = try ScratchFolder()
        try folder.write("a", "hello")
        let packed = try #require(WorkspaceArchive(folder: folder.path).packed(limit: 1 << 16))
        #expect(packed.summary.files == 1)
        #expect(packed.archive.count % 512 == 0)
        #expect(String(decoding: packed.archive, as: UTF8.self).contains("okteto/src/a"))
    }

    @Test func `a workspace that is larger than the limit is not packed`() throws {
        let folder = try ScratchFolder()
        try folder.write("a", String(repeating: "x", count: 70_000))
        #expect(WorkspaceArchive(folder: folder.path).packed(limit: 1 << 16) == nil)
    }

    @Test func `a name that ustar cannot hold is not packed, rather than cut short`() throws {
        let folder = try ScratchFolder()
        try folder.write(String(repeating: "n", count: 200), "")
        #expect(WorkspaceArchive(folder: folder.path).packed(limit: 1 << 16) == nil)
    }

    @Test func `a workspace with a symbolic link is not packed, because its time would be lost`() throws {
        let folder = try ScratchFolder()
        try folder.link("link", to: "elsewhere")
        #expect(WorkspaceArchive(folder: folder.path).packed(limit: 1 << 16) == nil)
    }

    @Test func `a folder that is not there is not packed`() {
        #expect(WorkspaceArchive(folder: "/nosuch/folder").packed(limit: 1 << 16) == nil)
    }
}
