internal import ContainerExec
internal import ManifestModel
internal import ProcessEnvironment

/// Which changes concern which tests.
struct WatchScope: Sendable {
    /// A test and what of its folder counts.
    private struct Subject: Sendable {
        let kind: PhaseKind
        let folder: [UInt8]
        let filter: PhaseFilter
        let dependencies: [PhaseKind]
        /// Whether it runs in the folder itself, so that what it writes cannot be told from what others write.
        let sharesFolder: Bool
    }

    private let subjects: [Subject]
    /// Where artifacts are put, absolute.
    private let outputs: [[UInt8]]
    /// The files that are read anew when they change: the manifest and `.env`.
    private let sources: Set<[UInt8]>
    /// The folders to watch, none within another.
    let roots: [String]

    /// Creates the scope of a plan's tests.
    ///
    /// `hidden` are absolute paths that count nowhere.
    ///
    /// - Throws: ``RunFailure`` when an ignore file cannot be read.
    init(_ plan: ExecutionPlan, manifest: String, root: String, hidden: [String]) throws {
        let tests = plan.phases.filter { if case .test = $0.kind { true } else { false } }
        subjects = try tests.map { phase in
            let isShared = phase.place == .shell || phase.workspace == .mount
            let rules = try PhaseIgnoreRules(phase: phase, reporter: nil).load()
            return Subject(
                kind: phase.kind,
                folder: Array(phase.directory.utf8),
                filter: PhaseFilter(rules: rules, hidden: phase.caches.paths.compactMap(\.insideWorkspace)),
                dependencies: phase.dependencies,
                sharesFolder: isShared
            )
        }
        outputs =
            tests.flatMap { phase in
                phase.artifacts.map { PathText.join(phase.directory, $0.destination.drop { $0 == "/" }.description) }
                    .filter { $0 != phase.directory }.map { Array($0.utf8) }
            } + hidden.map { Array($0.utf8) }
        sources = [Array(manifest.utf8), Array("\(root)/.env".utf8)]
        var roots: [String] = []
        for folder in Set(tests.map(\.directory) + [root]).sorted(by: { $0.utf8.count < $1.utf8.count })
        where !roots.contains(where: { folder == $0 || folder.hasPrefix($0 == "/" ? $0 : $0 + "/") }) {
            roots.append(folder)
        }
        self.roots = roots
    }

    /// Whether a path can concern a test, or a folder has such paths in it.
    func wants(_ path: [UInt8], isFolder: Bool) -> Bool {
        guard !isOutput(path) else { return false }
        if sources.contains(path) || isFolder && sources.contains(where: { Self.inner($0, path) != nil }) {
            return true
        }
        if Self.isIgnoreFile(path) { return true }
        return subjects.contains { subject in
            if isFolder, Self.inner(subject.folder, path) != nil { return true }
            guard let inner = Self.inner(path, subject.folder) else { return false }
            return subject.filter.decide(inner, isFolder: isFolder) != .exclude
        }
    }

    /// Whether a path is one of the files by which everything is planned anew.
    func isSource(_ path: [UInt8]) -> Bool { sources.contains(path) || Self.isIgnoreFile(path) }

    /// Returns the tests that the change of a path concerns.
    func tests(concernedBy path: [UInt8], isFolder: Bool) -> Set<PhaseKind> {
        guard !isOutput(path) else { return [] }
        return Set(
            subjects.filter { subject in
                guard let inner = Self.inner(path, subject.folder) else { return false }
                return subject.filter.decide(inner, isFolder: isFolder) == .include
            }.map(\.kind)
        )
    }

    /// The tests that run in the folder itself.
    var sharing: Set<PhaseKind> { Set(subjects.filter(\.sharesFolder).map(\.kind)) }

    /// All tests.
    var all: Set<PhaseKind> { Set(subjects.map(\.kind)) }

    /// Returns tests with all that depend on them.
    func withDependents(_ tests: Set<PhaseKind>) -> Set<PhaseKind> {
        var result = tests
        var isGrowing = true
        while isGrowing {
            let more = subjects.filter { !result.contains($0.kind) && !result.isDisjoint(with: $0.dependencies) }
            result.formUnion(more.map(\.kind))
            isGrowing = !more.isEmpty
        }
        return result
    }

    /// Returns tests with what they depend on, as far as that has not passed.
    func withMissing(_ tests: Set<PhaseKind>, passed: Set<PhaseKind>) -> Set<PhaseKind> {
        var result = tests
        var pending = Array(tests)
        let known = Dictionary(subjects.map { ($0.kind, $0.dependencies) }) { first, _ in first }
        while let test = pending.popLast() {
            for dependency in known[test] ?? [] where known[dependency] != nil && !passed.contains(dependency) {
                if result.insert(dependency).inserted { pending.append(dependency) }
            }
        }
        return result
    }

    /// Git writes in its folder whenever somebody asks it something; and okteto-run's own probe is no change.
    private func isOutput(_ path: [UInt8]) -> Bool {
        for name in path.split(separator: UInt8(ascii: "/"))
        where name.elementsEqual(".git".utf8) || name.starts(with: ".okteto-run-".utf8) {
            return true
        }
        return outputs.contains { Self.inner(path, $0) != nil }
    }

    private static func isIgnoreFile(_ path: [UInt8]) -> Bool {
        path.reversed().starts(with: "/.oktetoignore".utf8.reversed())
            || path.reversed().starts(with: "/.oktetodeployignore".utf8.reversed())
    }

    /// Returns the path within a folder; nil for one that is elsewhere, empty for the folder itself.
    private static func inner(_ path: [UInt8], _ folder: [UInt8]) -> [UInt8]? {
        guard path.starts(with: folder) else { return nil }
        if path.count == folder.count { return [] }
        if folder.last == UInt8(ascii: "/") { return Array(path[folder.count...]) }
        return path[folder.count] == UInt8(ascii: "/") ? Array(path[(folder.count + 1)...]) : nil
    }
}
