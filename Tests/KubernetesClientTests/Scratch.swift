import FoundationEssentials

/// A folder of a test's own, removed at its end.
func withScratch<Result>(_ body: (Scratch) async throws -> Result) async throws -> Result {
    let scratch = Scratch(path: FileManager.default.temporaryDirectory.path + "/kube-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: false)
    let result: Result
    do {
        result = try await body(scratch)
    } catch {
        try? FileManager.default.removeItem(atPath: scratch.path)
        throw error
    }
    try FileManager.default.removeItem(atPath: scratch.path)
    return result
}

struct Scratch {
    let path: String

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let file = path + "/" + name
        let folder = file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}
