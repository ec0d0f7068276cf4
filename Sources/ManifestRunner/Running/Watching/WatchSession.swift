internal import ContainerExec
internal import ManifestModel
internal import ProcessEnvironment
internal import Synchronization

/// What a watch knows from one run to the next, and what watches the folders.
final class WatchSession: Sendable {
    private struct State {
        var scope: WatchScope?
        var watch: TreeWatch?
        /// The tests of the next run; nil for all.
        var next: Set<PhaseKind>?
        /// Whether the plan may be another, and with it what is to be watched.
        var isStale = true
    }

    private let environment: EnvironmentVariables
    private let changes: ChangeGathering
    /// Says how the watch itself fares.
    private let reporter: Reporter
    private let state = Mutex(State())

    init(_ environment: EnvironmentVariables, changes: ChangeGathering, reporter: Reporter) {
        self.environment = environment
        self.changes = changes
        self.reporter = reporter
    }

    /// What the last plan said; nil before the first.
    var scope: WatchScope? { state.withLock { $0.scope } }

    /// Says which tests run next; nil for all, after the manifest or what it needs has changed.
    func choose(_ tests: Set<PhaseKind>?) {
        state.withLock { state in
            // As long as the manifest cannot be read, all tests wait for it.
            state.next = state.isStale ? nil : tests
            if tests == nil { state.isStale = true }
        }
    }

    /// Takes in a plan of all tests, watches their folders, and returns the plan of those that run now.
    ///
    /// The deploy section, where it is asked for, is run once.
    ///
    /// - Throws: ``RunFailure`` when an ignore file cannot be read, ``SystemError`` when nothing can be watched.
    func limit(_ plan: ExecutionPlan, _ source: ManifestSource) throws -> ExecutionPlan {
        let scope = try WatchScope(
            plan,
            manifest: source.location.path,
            root: source.location.root,
            hidden: OwnFolders.paths(environment)
        )
        let (isFirst, isStale, next) = state.withLock { state in
            defer { state.scope = scope }
            return (state.scope == nil, state.isStale, state.next)
        }
        if isStale {
            // From before the files are read: what changes while the tests run is not missed.
            let watch = try TreeWatch(
                roots: scope.roots,
                wants: { scope.wants($0, isFolder: $1) },
                onChange: { [changes, reporter] change in
                    switch change {
                    case .path(let path, let isFolder): changes.add(path, isFolder: isFolder)
                    case .notice(let text): reporter.say(.warning, text)
                    }
                }
            )
            state.withLock { state in
                state.watch = watch
                state.isStale = false
            }
        }
        return isFirst ? plan : plan.limited(to: next ?? scope.all)
    }
}
