internal import ContainerExec
internal import ManifestModel
internal import ProcessEnvironment

/// Decides whether a test must run, and keeps what it was given when it has succeeded.
struct SkipGate: Sendable {
    /// What came of looking.
    enum Verdict: Sendable {
        /// Nothing has changed; the text says since when.
        case skip(String)
        /// It must run; the text says why, where there is something to say.
        case run(String?, SuccessWatch?)
    }

    let phase: PlannedPhase
    let engine: Engine
    let store: RecordStore
    /// Everything that the commands get, the credentials aside.
    let variables: EnvironmentVariables
    /// What else the commands can notice.
    let settings: [(name: String, value: String)]
    /// Paths in the phase's folder that no command sees, nor is told of.
    let hidden: [String]
    let reporter: Reporter

    /// Looks at what the test would be given.
    ///
    /// A folder that cannot be read is no error here: the test runs, and says so better.
    ///
    /// - Throws: `CancellationError`, or ``ContainerExecError`` of the engine.
    func check() async throws -> Verdict {
        guard case .test(let test) = phase.kind, case .container(let image) = phase.place else { return .run(nil, nil) }
        let found = try await engine.inspectImage(image)?.id
        let scan = try scan()
        let watch: SuccessWatch
        do {
            watch = try await DedicatedThread.runUntilStopped { stop in
                let name = try RecordStore.name(of: test, in: phase.manifest)
                let record = store.load(name)
                return SuccessWatch(
                    name: name,
                    record: record,
                    files: try scan.run(known: record?.files, stop: stop),
                    image: found,
                    key: try store.key(),
                    scan: scan,
                    gate: self
                )
            }
        } catch is SystemError {
            reporter.say(.warning, "what \(phase.kind) is given cannot be kept: it will run again")
            return .run(nil, nil)
        } catch is ContainerExecError {
            return .run(nil, nil)
        }
        try Task.checkCancellation()
        guard phase.unchanged == .isSkipped else { return .run(nil, watch) }
        guard phase.images.pull != .always else { return .run("--pull always may bring another image", watch) }
        guard let found else { return .run("its image is not here yet", watch) }
        let inputs = try inputs(image: found, key: watch.key)
        if let reason = ChangeReport.reason(watch.record, inputs, watch.files) { return .run(reason, watch) }
        return .skip(watch.record.map(ChangeReport.unchanged) ?? "")
    }

    /// Returns the inputs with an image's identifier at the engine.
    func inputs(image: String, key: Secret) throws -> TestInputs {
        try TestInputs.make(phase, image: image, variables: variables, settings: settings, key: key)
    }

    /// The scan of what the commands see; a folder that is mounted they see whole.
    private func scan() throws -> ContentScan {
        let rules = phase.workspace == .mount ? .none : try PhaseIgnoreRules(phase: phase, reporter: nil).load()
        let filter = PhaseFilter(rules: rules, hidden: hidden + phase.caches.paths.compactMap(\.insideWorkspace))
        let outputs = PhaseOutputs(phase)
        return ContentScan(
            folder: phase.directory,
            filter: { path, isFolder in
                if outputs.contains(path) { return .include }
                let decision = filter.decide(path, isFolder: isFolder)
                return decision == .exclude && isFolder && outputs.isAbove(path) ? .excludeButDescend : decision
            },
            // The folder that an artifact was put in may not have been there before.
            isOutput: { outputs.contains($0) || outputs.isAbove($0) },
            makeDigester: { try WorkspaceDigester() }
        )
    }
}
