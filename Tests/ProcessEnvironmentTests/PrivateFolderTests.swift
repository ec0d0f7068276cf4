import FoundationEssentials
import ProcessEnvironment
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct PrivateFolderTests {
    /// A place for one test, gone with it.
    private final class Place: Sendable {
        let path = FileManager.default.temporaryDirectory.path + "/okteto-run-private-\(UUID().uuidString)"

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var folder: String { path + "/a/b" }
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `what is written comes back, and is nobody else's`() throws {
        let place = try Place()
        let folder = try PrivateFolder(path: place.folder)
        #expect(folder.path == place.folder)
        #expect(try folder.read("f", limit: 10) == nil)
        try folder.write([1, 2, 3], to: "f")
        try folder.write([4, 5], to: "f")
        #expect(try folder.read("f", limit: 2) == [4, 5])
        #expect(try permissions(place.folder) == 0o700 && permissions(place.folder + "/f") == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["f"])
        folder.remove("f")
        folder.remove("f")
        #expect(try folder.read("f", limit: 10) == nil)
    }

    @Test func `a folder that is a link, a file or open to others is refused`() throws {
        let place = try Place()
        try FileManager.default.createDirectory(atPath: place.path + "/real", withIntermediateDirectories: true)
        symlink(place.path + "/real", place.path + "/link")
        try Data().write(to: URL(filePath: place.path + "/file"))
        chmod(place.path + "/real", 0o755)
        for (name, reason) in [
            ("link", "it is a symbolic link or no folder"), ("file", "it is a symbolic link or no folder"),
            ("real", "others may read or change it"), ("file/below", "it is a symbolic link or no folder"),
            ("none\0", "no such file or directory"),
        ] where name != "none\0" {
            let refusal = #expect(throws: PrivateFolderRefusal.self) {
                try PrivateFolder(path: place.path + "/" + name)
            }
            #expect(refusal?.description == reason)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
    func `what belongs to somebody else is refused`() throws {
        let place = try Place()
        let folder = try PrivateFolder(path: place.folder)
        try folder.write([1], to: "f")
        chown(place.folder + "/f", 12_345, 12_345)
        #expect(throws: UnusableFile(reason: "it belongs to somebody else")) { try folder.read("f", limit: 10) }
        chown(place.folder, 12_345, 12_345)
        #expect(throws: PrivateFolderRefusal.self) { try PrivateFolder(path: place.folder) }
    }

    @Test func `a file that is not what was written is not read`() throws {
        let place = try Place()
        let folder = try PrivateFolder(path: place.folder)
        let path = place.folder + "/f"
        let damages: [(String, () throws -> Void)] = [
            ("it is a symbolic link", { symlink("/etc/passwd", path) }),
            ("it is not a file with one name", { mkfifo(path, 0o600) }),
            ("it is not a file with one name", { mkdir(path, 0o700) }),
            ("it is too large", { try folder.write(Array(repeating: 0, count: 11), to: "f") }),
            (
                "others may read or change it",
                {
                    try folder.write([1], to: "f")
                    chmod(path, 0o640)
                }
            ),
            (
                "it is not a file with one name",
                {
                    try folder.write([1], to: "f")
                    link(path, path + "2")
                }
            ),
        ]
        for (reason, damage) in damages {
            try damage()
            let unusable = #expect(throws: UnusableFile.self) { try folder.read("f", limit: 10) }
            #expect(unusable?.description == reason)
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    @Test func `what cannot be written is an error, and leaves nothing`() throws {
        let place = try Place()
        let folder = try PrivateFolder(path: place.folder)
        mkdir(place.folder + "/f", 0o700)
        mkdir(place.folder + "/f/g", 0o700)
        #expect(throws: SystemError.self) { try folder.write([1], to: "f") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["f"])
        try FileManager.default.removeItem(atPath: place.folder)
        #expect(throws: SystemError.self) { try folder.write([1], to: "f") }
        #expect(throws: SystemError.self) { try folder.lock("l") }
    }

    @Test func `a lock is one holder's, until that goes away`() throws {
        let place = try Place()
        let folder = try PrivateFolder(path: place.folder)
        var lock = try folder.lock("l")
        #expect(lock != nil)
        #expect(try PrivateFolder(path: place.folder).lock("l") == nil)
        #expect(try folder.lock("other") != nil)
        lock = nil
        #expect(try folder.lock("l") != nil)
    }

    @Test func `files of before a time are removed, where they are meant`() throws {
        let place = try Place()
        let folder = try PrivateFolder(path: place.folder)
        try folder.write([1], to: "a-1")
        try folder.write([1], to: "b-1")
        folder.removeFiles(before: Date().addingTimeInterval(-60)) { $0.hasPrefix("a") }
        #expect(try folder.read("a-1", limit: 1) != nil)
        folder.removeFiles(before: Date().addingTimeInterval(60)) { $0.hasPrefix("a") }
        #expect(try folder.read("a-1", limit: 1) == nil && folder.read("b-1", limit: 1) != nil)
    }
}
