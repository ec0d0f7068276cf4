internal import ContainerExec
internal import ProcessEnvironment

/// Copies a workspace into a container whose shell is idle, by the cheaper of two ways.
///
/// A small one goes through the shell itself, in two milliseconds. A larger one, one with names that not every tar
/// program reads, and one for an image without tar go by the engine's archive call, which starts a program of its own.
struct WorkspaceCopy: Sendable {
    /// The bytes of an archive up to which the shell is the cheaper way (docs/design/004-small-workspaces.md).
    private static let smallest = 192 << 10

    let archive: WorkspaceArchive
    let engine: Engine

    /// Copies, and makes the workspace the folder in which commands start.
    ///
    /// - Throws: ``ContainerExecError`` when a file cannot be read, the engine does not take it or the shell ends.
    func run(into container: PreparedContainer) async throws -> WorkspaceSummary {
        let summary = try await copy(into: container)
        try await container.shell.enter(ContainerSpecification.workspace)
        return summary
    }

    private func copy(into container: PreparedContainer) async throws -> WorkspaceSummary {
        let packed = try await DedicatedThread.run { [archive] in archive.packed(limit: Self.smallest) }
        if let packed, try await container.shell.unpack(packed.archive) { return packed.summary }
        return try await engine.upload(archive, to: container.id)
    }
}
