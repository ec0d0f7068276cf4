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

    /// Copies, says what was left out and what took its time, and makes the workspace the folder in which commands start.
    ///
    /// - Throws: ``ContainerExecError`` when a file cannot be read, the engine does not take it or the shell ends.
    func run(into container: PreparedContainer) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        // A folder that is mounted leaves nothing to copy.
        if archive.folder != nil || !archive.extraFiles.isEmpty {
            report(try await copy(into: container), clock.now - start)
        }
        try await container.shell.enter(ContainerSpecification.workspace)
    }

    private func report(_ summary: WorkspaceSummary, _ time: Duration) {
        for note in summary.notes { reporter.say(.warning, note) }
        guard time > .seconds(1) else { return }
        reporter.say(
            .info,
            "copied \(summary.files) \(summary.files == 1 ? "file" : "files"), \(ByteCount.text(summary.bytes)), "
                + "into the container in \(RunTime.text(time))",
            hint: summary.bytes > 50 << 20 ? "what the commands do not need can be left out by .oktetoignore" : nil
        )
    }

    private func copy(into container: PreparedContainer) async throws -> WorkspaceSummary {
        let packed = try await DedicatedThread.run { [archive] in archive.packed(limit: Self.smallest) }
        if let packed, try await container.shell.unpack(packed.archive) { return packed.summary }
        return try await engine.upload(archive, to: container.id)
    }
}
