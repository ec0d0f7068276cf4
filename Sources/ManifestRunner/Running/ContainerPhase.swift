internal import ContainerExec
internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment

/// Prepares a phase in a container: first the container with an idle shell, then the workspace in it.
///
/// The first half needs nothing of the workspace and no credentials, so it can be done ahead of the phase's turn.
struct ContainerPhase: Sendable {
    /// Where a certificate bundle of the caller's is put, so that AWS_CA_BUNDLE can name it.
    static let bundlePath = "/okteto/aws-ca-bundle.pem"

    let phase: PlannedPhase
    let image: String
    let engine: Engine
    let identity: RunIdentity
    let network: String?
    /// The most memory of the container, in bytes; nil for no limit.
    let memory: Int64?
    let images: ImageSupply
    let reporter: Reporter
    let cleanups: CleanupStack
    /// The bytes of the caller's AWS_CA_BUNDLE, if there is one.
    let bundle: [UInt8]?

    /// Gets the image, creates the container and starts its shell; it is idle then.
    ///
    /// A workspace that is given and small enough is unpacked by the shell as the first thing that it does.
    ///
    /// - Throws: ``ContainerExecError`` when the engine fails.
    func prepare(with archive: WorkspaceArchive? = nil) async throws -> PreparedContainer {
        var specification = ContainerSpecification(image: image, identity: identity, phase: phase.kind.path)
        specification.network = network
        specification.memory = memory
        specification.extraHosts = phase.hosts
        if phase.workspace == .mount { specification.mounts = [try workspaceMount.mount()] }
        specification.platform = phase.images.platform
        return try await reporter.step(.start) {
            try await ShellSearch(engine: engine, image: image).open(specification) { specification, shell in
                try await prepare(specification, archive, commandShell: shell)
            }
        }
    }

    private func prepare(
        _ specification: ContainerSpecification,
        _ archive: WorkspaceArchive?,
        commandShell: String
    ) async throws -> PreparedContainer {
        async let packed = WorkspaceCopy.pack(archive)
        // Another attempt with another shell is of the same image.
        let isFirst = commandShell == "sh"
        let option = isFirst || phase.images.pull == .never ? phase.images.pull : .missing
        let created = try await images.container(specification, pulling: option)
        for warning in created.warnings { reporter.say(.warning, "\(engine.kind): \(warning)") }
        let id = created.id
        cleanups.add("\(id)") { [engine] in try await engine.remove(id) }
        do {
            return try await start(id, specification, await packed, isTried: archive != nil, commandShell)
        } catch {
            await discard(id)
            throw error
        }
    }

    private func start(
        _ id: ContainerID,
        _ specification: ContainerSpecification,
        _ packed: PackedWorkspace?,
        isTried: Bool,
        _ commandShell: String
    ) async throws -> PreparedContainer {
        let channel = try EngineChannel(try await engine.attach(id))
        let output = HeldOutput { [reporter] stream, bytes in
            reporter.output(bytes, to: stream == .standardOutput ? .standardOutput : .standardError)
        }
        let shell = PhaseShell(channel: channel, commandShell: commandShell) { output.consume($0, $1) }
        let workspace: PreparedContainer.Workspace
        do {
            // The shell may be fed before it runs: its input waits for it.
            try shell.start()
            async let copied = WorkspaceCopy.begin(packed, through: shell)
            try await engine.start(id, of: specification)
            workspace = try await copied.map { .copied($0) } ?? (isTried ? .unfit : .absent)
        } catch let error as ContainerExecError {
            throw await StartDiagnosis(engine: engine, image: image).explain(error, output.text)
        }
        output.release()
        return PreparedContainer(id: id, specification: specification, shell: shell, workspace: workspace)
    }

    /// Prepares the container with the workspace in it: the shell is ready for commands then.
    ///
    /// - Throws: ``ContainerExecError`` when the workspace cannot be read, or the engine fails; the container is gone.
    func open() async throws -> PhaseSession {
        let archive = try workspace()
        return try await open(try await prepare(with: archive), archive)
    }

    /// Copies the workspace into a container that was prepared ahead.
    ///
    /// - Throws: ``ContainerExecError`` when the workspace cannot be read, or the engine fails; the container is gone.
    func open(_ container: PreparedContainer) async throws -> PhaseSession {
        let archive: WorkspaceArchive
        do {
            archive = try workspace()
        } catch {
            await discard(container.id)
            throw error
        }
        return try await open(container, archive)
    }

    private func open(_ container: PreparedContainer, _ archive: WorkspaceArchive) async throws -> PhaseSession {
        do {
            try await WorkspaceCopy(archive: archive, engine: engine, reporter: reporter).run(into: container)
            if phase.workspace == .mount { try await workspaceMount.verify(in: container.shell) }
            reporter.say(.info, "\(phase.kind) runs in a container of \(image)")
            return session(in: container)
        } catch {
            await discard(container.id)
            throw error
        }
    }

    private func session(in container: PreparedContainer) -> PhaseSession {
        let artifacts = PhaseArtifacts.ofContainer(phase, container, engine, reporter: reporter)
        return PhaseSession(
            shell: container.shell,
            place: "a container of \(image)",
            export: { try await artifacts.run(after: $0) },
            end: { [engine, cleanups] in
                defer { cleanups.remove("\(container.id)") }
                // The engine removes the container by itself when its shell has ended (AutoRemove), whoever ended it.
                // Everything of the commands has arrived, so waiting for that would only cost a tenth of a second of
                // every phase; a shell that had to be killed leaves doubt.
                guard container.shell.hasEnded else { return container.shell.dismiss() }
                try await engine.remove(container.id)
            },
            diagnose: { [engine] in await engine.end(ofCommandWith: $0, in: container.id) },
            explain: { error, command in await explain(error, container, command) }
        )
    }

    /// Removes the container now; what fails is tried again at the end of the run, which says so then.
    func discard(_ id: ContainerID) async {
        guard (try? await engine.remove(id)) != nil else { return }
        cleanups.remove("\(id)")
    }

    /// Finds out what is behind the sudden end of a shell while `command` ran.
    private func explain(
        _ error: ContainerExecError,
        _ container: PreparedContainer,
        _ command: String
    ) async -> ContainerExecError {
        guard error.code == .streamCut || error.code == .engineFailed else { return error }
        let end = await engine.end(ofShellIn: container.id)
        // Then the error itself says more.
        if end == .connectionLost, error.code == .engineFailed { return error }
        return end.error(command: command, place: "the container of \(image)")
    }

    private var workspaceMount: WorkspaceMount { WorkspaceMount(folder: phase.directory, engine: engine) }

    /// The phase's folder, without what its `.oktetoignore` excludes; where it is mounted, only what is added to it.
    private func workspace() throws -> WorkspaceArchive {
        let files = bundle.map { [MemoryFile(path: String(Self.bundlePath.dropFirst()), contents: $0)] } ?? []
        guard phase.workspace == .copy else {
            if FileManager.default.fileExists(atPath: "\(phase.directory)/.oktetoignore") {
                reporter.say(.info, ".oktetoignore has no effect, since the folder is mounted and not copied")
            }
            return WorkspaceArchive(folder: nil, extraFiles: files)
        }
        let matcher = IgnoreMatcher(try PhaseIgnoreRules(phase: phase, reporter: reporter).load())
        return WorkspaceArchive(folder: phase.directory, extraFiles: files) { bytes, isFolder in
            let path = String(decoding: bytes, as: UTF8.self)
            guard matcher.excludes(path) else { return .include }
            return isFolder && matcher.mayInclude(under: path) ? .excludeButDescend : .exclude
        }
    }
}
