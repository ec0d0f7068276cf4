import FoundationEssentials

/// A folder with a manifest, gone after the test.
struct Workspace: ~Copyable {
    let path: String

    init(manifest: String, files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data(manifest.utf8).write(to: URL(filePath: path + "/okteto.yml"))
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: path + "/" + name)) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
