/// Calls `body` with the path of a folder that is removed afterwards.
func withScratchFolder(_ body: (String) async throws -> Void) async throws {
    let folder = try ScratchFolder()
    try await body(folder.path)
    // The folder goes when the last reference does, which may be no earlier than here.
    withExtendedLifetime(folder) {}
}
