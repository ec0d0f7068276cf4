internal import ContainerExec
internal import FoundationEssentials

/// The phase's folder, mounted into its container (`--workspace mount`).
struct WorkspaceMount: Sendable {
    let folder: String
    let engine: Engine

    /// Returns the mount.
    ///
    /// - Throws: ``RunFailure`` when the engine is not on this machine or there is no such folder.
    func mount() throws -> BindMount {
        guard engine.isOnThisMachine else {
            throw RunFailure(
                .usage,
                "\(engine.summary) cannot mount the folder '\(folder)' of this machine: it is not on this machine",
                hint: "copy the folder into the container, with --workspace copy"
            )
        }
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
            throw RunFailure(
                .ioError,
                "there is no folder '\(folder)' to mount",
                hint: "check the context of the phase in the manifest"
            )
        }
        return try BindMount(source: folder, target: ContainerSpecification.workspace)
    }

    /// Checks, by a file that is there for that moment, that the container sees this folder and no other of its name.
    ///
    /// An engine in a virtual machine, or one whose socket was handed into a container, has folders of its own.
    ///
    /// - Throws: ``RunFailure`` when the container sees another folder, or nothing can be written in this one.
    func verify(in shell: PhaseShell) async throws {
        let name = ".okteto-run-\(UUID().uuidString)"
        let path = "\(folder)/\(name)"
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw RunFailure(
                .ioError,
                "nothing can be written in '\(folder)', so that it cannot be mounted",
                hint: "copy the folder into the container, with --workspace copy"
            )
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard try await shell.run("[ -e ./\(name) ]").exitStatus != 0 else { return }
        try Task.checkCancellation()
        throw RunFailure(
            .engineFailed,
            "the folder '\(folder)' that \(engine.summary) has mounted is not the one of this machine",
            hint: "the engine runs elsewhere, in a virtual machine or a container's host: use --workspace copy"
        )
    }
}
