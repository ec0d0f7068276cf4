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
    static func pack(_ archive: WorkspaceArchive?) async -> PackedWorkspace? {
        guard let archive, !archive.isEmpty else { return nil }
        return try? await DedicatedThread.run { archive.packed(limit: smallest) }
    }

    /// Waits until a shell that is being started is ready, and has it unpack a packed workspace as the first thing that
    /// it does; returns what that was, or nil where it was not possible.
    ///
    /// - Throws: ``ContainerExecError`` when the shell ends.
    static func begin(
        _ packed: PackedWorkspace?,
        through shell: PhaseShell
    ) async throws(ContainerExecError) -> WorkspaceSummary? {
        guard let packed else {
            try await shell.waitUntilReady()
            return nil
        }
        let isUnpacked = try await shell.unpack(packed.archive, entering: ContainerSpecification.workspace)
        return isUnpacked ? packed.summary : nil
    }

    /// Copies what is not there yet, makes the workspace the folder in which commands start, and says what was left out;
    /// also how far it is, where it takes a second.
    ///
    /// - Throws: ``ContainerExecError`` when a file cannot be read, the engine does not take it or the shell ends.
    func run(into container: PreparedContainer) async throws {
        if case .copied(let summary) = container.workspace { return warn(summary) }
        try await reporter.step(.upload) { try await copy(into: container) }
    }

    private func copy(into container: PreparedContainer) async throws {
        // A folder that is mounted leaves nothing to copy.
        guard !archive.isEmpty else { return try await container.shell.enter(ContainerSpecification.workspace) }
        if case .absent = container.workspace, let packed = await Self.pack(archive),
            let summary = try await Self.begin(packed, through: container.shell)
        {
            return warn(summary)
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
