internal import ContainerExec
internal import CredentialInjector
internal import ProcessEnvironment

/// Makes what runs a phase: its place with the right environment, and the runner of its commands there.
struct PhaseFactory: Sendable {
    /// The most bytes of a certificate bundle, which are many times those of a system's.
    private static let largestBundle = 8 << 20

    let options: ExecutionOptions
    /// The engine of the containers; nil where no phase needs one.
    let engine: Engine?
    /// Which run the containers belong to.
    let identity: RunIdentity
    let context: RunContext
    let manifestPath: String
    let cleanups: CleanupStack
    let supply: CredentialSupply
    /// Where what one run tells the next is kept; nil where nothing is, or can be.
    let state: PrivateFolder?
    /// The images that the run has pulled.
    let pulls = ImagePulls()

    /// Returns the runner of a phase's commands.
    ///
    /// `prepared` is what came of preparing the phase ahead, nil where that was not done; `onReady` is called when the
    /// first command is about to begin.
    ///
    /// - Throws: ``RunFailure`` when a file that the commands need cannot be read.
    func runner(
        for phase: PlannedPhase,
        _ prepared: Result<PreparedContainer, any Error>?,
        endpoint: CredentialEndpoint?,
        masks: SecretRelay,
        reporter: Reporter,
        onReady: @escaping @Sendable () -> Void
    ) throws -> PhaseRunner {
        let place = try place(of: phase, reporter: reporter)
        // The caller's or the repository's own variables must not lead an SDK to other credentials than ours.
        let own =
            supply.settings == nil ? phase.variables : phase.variables.filter { !ChildEnvironment.isRemoved($0) }
        let variables = place.variables.merging(own)
        return PhaseRunner(
            phase: phase,
            variables: variables,
            manifestPath: manifestPath,
            reporter: reporter,
            credentials: { try await supply.current(for: place.inherited.merging(variables), from: endpoint) },
            limit: options.timeout?.duration,
            open: {
                let session = try await place.open(prepared)
                masks.attach { session.shell.mask($0) }
                if let endpoint, place.isContainer {
                    try await EndpointReach(endpoint: endpoint, place: session.place).verify(in: session)
                }
                onReady()
                return session
            }
        )
    }

    /// Returns where a phase runs.
    ///
    /// - Throws: ``RunFailure`` when a file that the commands need cannot be read.
    func place(of phase: PlannedPhase, reporter: Reporter) throws -> PreparablePlace {
        guard case .container(let image) = phase.place, let engine else {
            let inherited = ChildEnvironment.local(parent: context.environment, settings: supply.settings)
            let local = LocalPhase(phase: phase, environment: inherited, reporter: reporter)
            return PreparablePlace(
                isContainer: false,
                inherited: inherited,
                variables: [:],
                open: { _ in
                    reporter.say(.info, "\(phase.kind) runs in the local shell")
                    return try local.open()
                }
            )
        }
        var variables = ChildEnvironment.container(parent: context.environment)
        var bundle: [UInt8]?
        if let path = variables.nonEmpty("AWS_CA_BUNDLE") {
            guard let file = try? RegularFile.read(path, limit: Self.largestBundle) else {
                throw RunFailure(
                    .ioError,
                    "AWS_CA_BUNDLE names \(path), which cannot be read",
                    hint: "it must be a file of at most 8 MiB"
                )
            }
            bundle = file.bytes
            variables["AWS_CA_BUNDLE"] = ContainerPhase.bundlePath
        }
        let container = ContainerPhase(
            phase: phase,
            image: image,
            engine: engine,
            identity: identity,
            network: options.network,
            memory: options.memory?.bytes,
            images: images(of: engine, reporter: reporter),
            reporter: reporter,
            cleanups: cleanups,
            bundle: bundle,
            locks: state,
            hidden: hidden(in: phase.directory)
        )
        return PreparablePlace(
            isContainer: true,
            inherited: [:],
            variables: variables,
            prepare: { try await container.prepare() },
            discard: { await container.discard($0.id) },
            open: { prepared in
                if let prepared { return try await container.open(try prepared.get()) }
                return try await container.open()
            }
        )
    }

    /// Returns what decides whether a test must run; nil for a phase that always does, and of which nothing is kept.
    ///
    /// - Throws: ``RunFailure`` when a file that the commands need cannot be read.
    func gate(for phase: PlannedPhase, reporter: Reporter) throws -> SkipGate? {
        guard phase.unchanged != .runs, let state, let engine else { return nil }
        var settings: [(name: String, value: String)] = []
        if let network = options.network { settings.append(("--network", network)) }
        if let memory = options.memory { settings.append(("--memory", "\(memory.bytes)")) }
        if let credentials = supply.settings {
            settings.append(("the role", credentials.roleARN.value.text))
            settings.append(("the region", credentials.region.value))
        }
        let bundle = context.environment.nonEmpty("AWS_CA_BUNDLE").flatMap {
            try? RegularFile.read($0, limit: Self.largestBundle)
        }
        if let bundle {
            settings.append(("the certificates of AWS_CA_BUNDLE", String(decoding: bundle.bytes, as: UTF8.self)))
        }
        return SkipGate(
            phase: phase,
            engine: engine,
            store: RecordStore(folder: state),
            variables: try place(of: phase, reporter: reporter).variables.merging(phase.variables),
            settings: settings,
            hidden: hidden(in: phase.directory),
            reporter: reporter
        )
    }

    private func hidden(in directory: String) -> [String] {
        OwnFolders.relative(to: directory, environment: context.environment)
    }

    private func images(of engine: Engine, reporter: Reporter) -> ImageSupply {
        ImageSupply(
            engine: engine,
            logins: RegistryLogins(
                kind: engine.kind,
                environment: context.environment,
                home: context.environment.nonEmpty("HOME")
            ),
            cloudLogin: { host in try await supply.login(forRegistry: host) },
            pulls: pulls,
            reporter: reporter
        )
    }
}
