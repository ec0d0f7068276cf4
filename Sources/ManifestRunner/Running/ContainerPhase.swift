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
    let reporter: Reporter
    let cleanups: CleanupStack
    /// The bytes of the caller's AWS_CA_BUNDLE, if there is one.
    let bundle: [UInt8]?

    /// Gets the image, creates the container and starts its shell; it is idle then.
    ///
    /// - Throws: ``ContainerExecError`` when the engine fails.
    func prepare() async throws -> PreparedContainer {
        var specification = ContainerSpecification(image: image, identity: identity, phase: phase.kind.path)
        specification.network = network
        specification.extraHosts = phase.hosts
        if phase.workspace == .mount { specification.mounts = [try workspaceMount.mount()] }
        let created = try await create(specification)
        for warning in created.warnings { reporter.say(.warning, "\(engine.kind): \(warning)") }
        let id = created.id
        cleanups.add("\(id)") { [engine] in try await engine.remove(id) }
        do {
            let shell = PhaseShell(channel: try EngineChannel(try await engine.attach(id)), commandShell: "sh") {
                [reporter] stream, bytes in
                reporter.output(bytes, to: stream == .standardOutput ? .standardOutput : .standardError)
            }
            try await engine.start(id, of: specification)
            try shell.start()
            return PreparedContainer(id: id, specification: specification, shell: shell)
        } catch {
            await discard(id)
            throw error
        }
    }

    /// Copies the workspace into a prepared container, and returns its shell, ready for commands.
    ///
    /// - Throws: ``ContainerExecError`` when the workspace cannot be read, or the engine fails; the container is gone.
    func open(_ container: PreparedContainer) async throws -> PhaseSession {
        do {
            try await WorkspaceCopy(archive: try workspace(), engine: engine, reporter: reporter).run(into: container)
            if phase.workspace == .mount { try await workspaceMount.verify(in: container.shell) }
            reporter.say(.info, "\(phase.kind) runs in a container of \(image)")
            return session(in: container)
        } catch {
            var cause: any Error = error
            if let error = error as? ContainerExecError { cause = await explain(error, container) }
            await discard(container.id)
            throw cause
        }
    }

    /// Creates the container, and pulls the image only when the engine says that it has none: asking first would cost
    /// every other run a call.
    private func create(_ specification: ContainerSpecification) async throws(ContainerExecError) -> CreatedContainer {
        do {
            return try await engine.createContainer(specification)
        } catch  where error.code == .imageNotFound {
            reporter.say(.info, "pulling \(image)")
            try await engine.pull(image)
            return try await engine.createContainer(specification)
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
            explain: { error in await explain(error, container) }
        )
    }

    /// Removes the container now; what fails is tried again at the end of the run, which says so then.
    private func discard(_ id: ContainerID) async {
        guard (try? await engine.remove(id)) != nil else { return }
        cleanups.remove("\(id)")
    }

    /// Finds out what is behind the sudden end of a shell: with the engine's init as process 1, an image without a
    /// shell can be started, and ends at once.
    private func explain(_ error: ContainerExecError, _ container: PreparedContainer) async -> ContainerExecError {
        guard error.code == .streamCut, (try? await engine.findShell(in: container.specification)) == .some(nil) else {
            return error
        }
        return ContainerExecError(
            .noShell,
            "the image \(image) has no shell: looked for \(Engine.shellPaths.joined(separator: ", "))",
            hint: "use an image that has a POSIX shell"
        )
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
