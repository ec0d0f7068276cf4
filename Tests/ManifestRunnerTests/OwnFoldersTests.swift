import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct OwnFoldersTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func `what okteto-run keeps is hidden where it lies in a phase's folder, also by another name of that`()
        throws
    {
        try withFolder { folder in
            let project = folder + "/project"
            try FileManager.default.createDirectory(
                atPath: project + "/.cache/okteto-run",
                withIntermediateDirectories: true
            )
            try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: project)
            let hidden = OwnFolders.relative(
                to: project,
                environment: ["HOME": folder + "/link", "XDG_CACHE_HOME": project + "/.cache"]
            )
            #expect(hidden.contains { ".cache/okteto-run/credentials".hasPrefix($0) }, "\(hidden)")
            // The state folder is not there yet, and may be made while the run lasts.
            let named = OwnFolders.relative(to: folder + "/link", environment: ["HOME": folder + "/link"])
            #expect(named.contains(".local/state/okteto-run"))
            #expect(OwnFolders.relative(to: "/nonexistent", environment: ["HOME": folder]).isEmpty)
        }
    }
}
