internal import ContainerExec
internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment

/// Prepares a phase in a container: image, container with the workspace in it, and its shell.
struct ContainerPhase: Sendable {
    /// Where a certificate bundle of the caller's is put, so that AWS_CA_BUNDLE can name it.
    static let bundlePath = "/okteto/aws-ca-bundle.pem"

    let phase: PlannedPhase
    let image: String
    let engine: Engine
    let network: String?
    let images: ImageSupply
    let reporter: Reporter
    let cleanups: CleanupStack
    /// The bytes of the caller's AWS_CA_BUNDLE, if there is one.
    let bundle: [UInt8]?

    /// Gets the image, creates and fills the container, and starts its shell.
    ///
    /// - Throws: ``ContainerExecError`` when the engine fails, or the workspace cannot be read.
    func open() async throws -> PhaseSession {
        var specification = ContainerSpecification(image: image, identity: .current(), phase: phase.kind.label)
        specification.network = network
        specification.extraHosts = phase.hosts
        specification.platform = phase.images.platform
        return try await ShellSearch(engine: engine, image: image).open(specification) { specification, shell in
            try await open(specification, commandShell: shell)
        }
    }

    private func open(_ specification: ContainerSpecification, commandShell: String) async throws -> PhaseSession {
        let created = try await images.container(specification, pulling: phase.images.pull)
        for warning in created.warnings { reporter.say(.warning, "\(engine.kind): \(warning)") }
        let container = created.id
        let key = "\(container)"
        cleanups.add(key) { [engine] in try await engine.remove(container) }
        do {
            let session = try await start(container, specification, commandShell, key)
            reporter.say(.info, "\(phase.kind) runs in a container of \(image)")
            return session
        } catch {
            try? await engine.remove(container)
            cleanups.remove(key)
            throw error
        }
    }

    private func start(
        _ container: ContainerID,
        _ specification: ContainerSpecification,
        _ commandShell: String,
        _ key: String
    ) async throws -> PhaseSession {
        // Before start: engines hold a lock on the container for both, so side by side they are no faster.
        let summary = try await engine.upload(try workspace(), to: container)
        for note in summary.notes { reporter.say(.warning, note) }
        let channel = try EngineChannel(try await engine.attach(container))
        let output = HeldOutput { [reporter] stream, bytes in
            reporter.output(bytes, to: stream == .standardOutput ? .standardOutput : .standardError)
        }
        let shell = PhaseShell(channel: channel, commandShell: commandShell) { output.consume($0, $1) }
        do {
            try await engine.start(container, of: specification)
            try shell.start()
            try await shell.waitUntilReady()
        } catch {
            throw await StartDiagnosis(engine: engine, image: image).explain(error, output.text)
        }
        output.release()
        return PhaseSession(
            shell: shell,
            place: "a container of \(image)",
            end: { [engine, cleanups] in
                defer { cleanups.remove(key) }
                // The engine removes the container by itself when its shell has ended (AutoRemove), whoever ended it.
                // Everything of the commands has arrived, so waiting for that would only cost a tenth of a second of
                // every phase; a shell that had to be killed leaves doubt.
                guard shell.hasEnded else { return shell.dismiss() }
                try await engine.remove(container)
            },
            explain: { $0 }
        )
    }

    /// The phase's folder, without what its `.oktetoignore` excludes.
    private func workspace() throws -> WorkspaceArchive {
        let rules = try ignoreRules()
        let files = bundle.map { [MemoryFile(path: String(Self.bundlePath.dropFirst()), contents: $0)] } ?? []
        return WorkspaceArchive(folder: phase.directory, extraFiles: files) { bytes, isFolder in
            let path = String(decoding: bytes, as: UTF8.self)
            guard rules.excludes(path, isDirectory: isFolder) else { return .include }
            return isFolder && rules.mayContainIncluded(under: path) ? .excludeButDescend : .exclude
        }
    }

    private func ignoreRules() throws -> IgnoreRules {
        do throws(ManifestModelError) {
            let path = "\(phase.directory)/.oktetoignore"
            guard let source = try TextFile.ifPresent(path, shownAs: ".oktetoignore") else { return .none }
            let file = IgnoreFile(source)
            if !file.diagnostics.isEmpty {
                reporter.show(DiagnosticRenderer(source: source).render(file.diagnostics), level: .warning)
            }
            switch phase.kind {
            case .deploy: return file.rules(for: .deploy)
            case .destroy: return file.rules(for: .destroy)
            case .test(let name): return file.rules(forTest: name)
            }
        } catch {
            throw RunFailure(.ioError, error.message)
        }
    }
}
