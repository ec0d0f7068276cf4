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
    let reporter: Reporter

    /// Returns the workspace as one archive where it is small, and nil otherwise; it needs no container.
    static func pack(_ archive: WorkspaceArchive) async -> PackedWorkspace? {
        try? await DedicatedThread.run { archive.packed(limit: smallest) }
    }

    /// Copies, makes the workspace the folder in which commands start, and says what was left out; also how far it is,
    /// where it takes a second.
    ///
    /// - Throws: ``ContainerExecError`` when a file cannot be read, the engine does not take it or the shell ends.
    func run(_ packed: PackedWorkspace?, into container: PreparedContainer) async throws {
        // A folder that is mounted leaves nothing to copy.
        guard archive.folder != nil || !archive.extraFiles.isEmpty else {
            return try await container.shell.enter(ContainerSpecification.workspace)
        }
        if let packed,
            try await container.shell.unpack(packed.archive, entering: ContainerSpecification.workspace)
        {
            return warn(packed.summary)
        }
        let summary = try await reporter.progress(
            "copying the workspace",
            done: "copied the workspace",
            silence: .seconds(1)
        ) { [engine, archive] handle in
            try await engine.upload(archive, to: container.id) { handle.update(Self.state(of: $0)) }
        }
        warn(summary)
        try await container.shell.enter(ContainerSpecification.workspace)
    }

    private func warn(_ summary: WorkspaceSummary) {
        for note in summary.notes { reporter.say(.warning, note) }
    }

    private static func state(of summary: WorkspaceSummary) -> ProgressState {
        var state = ProgressState()
        state.detail = "\(summary.files) \(summary.files == 1 ? "file" : "files")"
        state.bytes = summary.bytes
        return state
    }
}
