internal import ContainerExec
internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// Turns a manifest and the options into a plan; nothing here has an effect.
struct Planner: Sendable {
    /// The image that Okteto runs what has no image of its own in.
    static let defaultImage = "okteto/pipeline-runner:1.0.2"

    let source: ManifestSource
    let options: ExecutionOptions
    let engine: EngineOption
    let context: RunContext
    let repository: GitRepository?
    /// The variables of `.env`, without those that the caller's environment has.
    let fileVariables: LayeredVariables
    /// The variables of `--var`.
    let assignedVariables: EnvironmentVariables
    /// Whether tests keep their caches, and may be passed over when nothing has changed; not with `--no-cache`.
    var keepsCaches = true

    private var name: String {
        EnvironmentName.infer(
            flag: options.name,
            manifest: source.manifest.name?.value,
            remoteURL: repository?.remoteURL,
            oktetoName: context.environment.nonEmpty("OKTETO_NAME"),
            folder: source.location.root
        )
    }

    /// Plans `deploy`, or `destroy` with `continuesAfterFailure` for `--force-destroy`.
    ///
    /// - Throws: ``RunFailure`` when the image or a variable cannot be expanded.
    func plan(_ kind: PhaseKind, _ phase: Phase?, continuesAfterFailure: Bool = false) throws -> ExecutionPlan {
        guard let phase, !phase.commands.isEmpty else {
            return ExecutionPlan(phases: [], notices: ["the manifest has no commands to \(kind.label)"])
        }
        let place = try place(of: phase.image, needsContainer: phase.remote == true)
        let variables = try variables(for: kind)
        return ExecutionPlan(
            phases: [
                PlannedPhase(
                    kind: kind,
                    place: place,
                    images: ImageChoice(options),
                    commands: phase.commands,
                    directory: directory(phase.context?.value),
                    root: source.location.root,
                    hosts: [],
                    continuesAfterFailure: continuesAfterFailure,
                    variables: variables.values,
                    origins: variables,
                    maskedValues: maskedValues,
                    artifacts: [],
                    workspace: options.workspace ?? .copy,
                    notices: phase.unexecuted.map(\.notice.message)
                )
            ],
            notices: []
        )
    }

    /// Plans the named tests and what they depend on, or all tests.
    ///
    /// - Throws: ``RunFailure`` for a name that no test has, or when something cannot be expanded.
    func planTests(_ names: [String]) throws -> ExecutionPlan {
        guard !source.manifest.tests.isEmpty else {
            return ExecutionPlan(phases: [], notices: ["there are no tests configured in your Okteto Manifest"])
        }
        let tests: [TestPhase]
        do throws(ManifestModelError) {
            tests = try TestGraph(source.manifest.tests).order(selecting: names.filter { !$0.isEmpty })
        } catch {
            throw RunFailure(error.code == .unknownTest ? .usage : .invalidManifest, error.message)
        }
        return ExecutionPlan(phases: try tests.map(plan), notices: [])
    }

    private func plan(_ test: TestPhase) throws -> PlannedPhase {
        let place = try place(of: test.image, needsContainer: true)
        let caches = try caches(of: test)
        let variables = try variables(for: .test(test.name.value))
        return PlannedPhase(
            kind: .test(test.name.value),
            dependencies: test.dependsOn.map { .test($0.value) },
            place: place,
            images: ImageChoice(options),
            commands: test.commands,
            directory: directory(test.context),
            root: source.location.root,
            hosts: try test.hosts.map { declaration in
                let host = try expanding { () throws(ManifestModelError) in try declaration.resolved(with: expander) }
                return "\(host.hostname):\(host.ip)"
            },
            continuesAfterFailure: false,
            variables: variables.values,
            origins: variables,
            maskedValues: maskedValues,
            artifacts: try artifacts(of: test),
            workspace: options.workspace ?? .copy,
            caches: caches,
            unchanged: !test.skipIfNoFileChanges || place == .shell
                ? .runs : keepsCaches ? .isSkipped : .runsAndRecords,
            manifest: source.location.path,
            notices: TestNotices.make(test, caches, place)
        )
    }

    /// The caches of a test, each of which has a place in its container.
    private func caches(of test: TestPhase) throws -> PlannedCaches {
        var paths: [CachePath] = []
        for cache in test.caches {
            do throws(CachePath.Problem) {
                let path = try CachePath(cache.value)
                if !paths.contains(path) { paths.append(path) }
            } catch {
                throw RunFailure(
                    .invalidManifest,
                    "\(source.location.shownPath):\(cache.mark.line):\(cache.mark.column): \(error.message)",
                    hint: error.hint
                )
            }
        }
        let (repository, manifest) = RepositoryIdentity.of(
            manifest: source.location.path,
            root: source.location.root,
            repository: repository
        )
        return PlannedCaches(repository: repository, manifest: manifest, paths: paths, areKept: keepsCaches)
    }

    /// The artifacts of a test, each of which has a place in its folder.
    private func artifacts(of test: TestPhase) throws -> [Artifact] {
        for artifact in test.artifacts {
            do {
                _ = try ExtractionTarget(folder: directory(test.context), path: artifact.destination)
            } catch {
                throw RunFailure(
                    .invalidManifest,
                    "\(source.location.shownPath):\(artifact.mark.line): the artifact's destination: \(error.message)",
                    hint: "a destination is relative to the test's context"
                )
            }
        }
        return test.artifacts
    }

    private func place(of image: Marked<String>?, needsContainer: Bool) throws -> PhasePlace {
        guard engine != .shell else { return .shell }
        guard let image else { return needsContainer ? .container(image: Self.defaultImage) : .shell }
        let expanded = try expanding { () throws(ManifestModelError) in try expander.expand(image.value) }
        guard !expanded.isEmpty else {
            throw RunFailure(
                .invalidManifest,
                "\(source.location.shownPath):\(image.mark.line): the image '\(image.value)' is empty once expanded",
                hint: "set the variable that it names, in the environment or with --var"
            )
        }
        return .container(image: expanded)
    }

    private func directory(_ context: String?) -> String {
        let root = source.location.root
        let parts = (context ?? ".").split(separator: "/").filter { $0 != "." }
        return parts.isEmpty ? root : ([root] + parts.map(String.init)).joined(separator: "/")
    }

    /// What variables of the manifest are: those of the environment, over them `--var`, and over all the built-in ones.
    private var expander: VariableExpander {
        let given = fileVariables.values.merging(context.environment).merging(assignedVariables)
        return VariableExpander(given.merging(builtIn(for: .deploy)))
    }

    private func builtIn(for kind: PhaseKind) -> EnvironmentVariables {
        BuiltInVariables.make(
            kind: kind,
            name: name,
            namespace: options.namespace ?? context.environment.nonEmpty("OKTETO_NAMESPACE"),
            repository: repository,
            caller: context.environment
        )
    }

    private func variables(for kind: PhaseKind) throws -> LayeredVariables {
        var result = fileVariables
        result.add(BuiltInVariables.passed(from: context.environment), from: .environment)
        result.add(
            try expanding { () throws(ManifestModelError) in
                try ExternalVariables.make(
                    source.manifest.externals,
                    path: source.location.shownPath,
                    expander: expander
                )
            }
        )
        result.add(try passedVariables())
        result.add(assignedVariables, from: .option("--var"))
        let builtIn = builtIn(for: kind)
        result.add(builtIn) { name in
            // Some are the caller's where the caller has them.
            name.hasPrefix("OKTETO_GIT_") || name == "CI"
                ? (context.environment.nonEmpty(name) == nil ? .builtIn : .environment) : .builtIn
        }
        return result
    }

    private var maskedValues: [Secret] {
        let given = fileVariables.values.merging(assignedVariables)
        return given.names.compactMap { given.bytes(of: $0) }.map { Secret(bytes: $0) }
    }

    /// The variables of `--env`.
    private func passedVariables() throws -> LayeredVariables {
        var variables = LayeredVariables()
        for text in options.environment {
            let name = String(text.prefix { $0 != "=" })
            guard !name.isEmpty else { throw RunFailure(.usage, "--env needs a name before '='") }
            if name.count < text.count {
                variables.add([name: String(text.dropFirst(name.count + 1))], from: .option("--env"))
            } else {
                variables.add(context.environment.filter { $0 == name }, from: .environment)
            }
        }
        return variables
    }

    private func expanding<Value>(_ body: () throws(ManifestModelError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw RunFailure(.invalidManifest, error.message)
        }
    }
}
