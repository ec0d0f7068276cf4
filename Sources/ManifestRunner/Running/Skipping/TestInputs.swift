internal import ArgumentParser
internal import ContainerExec
internal import CredentialInjector
internal import ManifestModel
internal import ProcessEnvironment

/// What a test's commands see beside their files, each part as a digest with a key: values may be secrets.
struct TestInputs: Sendable, Hashable {
    /// One part.
    struct Part: Sendable, Hashable {
        /// What it is, as in a sentence: `its image`, `the variable MODE`.
        let name: String
        let hash: ContentHash
    }

    /// What differs from commit to commit, and says nothing of the files that they do not say themselves.
    private static let passedOver: Set<String> = ["OKTETO_GIT_COMMIT", "OKTETO_GIT_BRANCH"]

    let parts: [Part]

    /// Creates inputs of parts.
    init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Returns the inputs of a phase.
    ///
    /// `image` is the image's identifier at the engine; `variables` is everything that the commands get, the credentials
    /// aside, which are others each time; `settings` are other names and values that the commands can notice.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    static func make(
        _ phase: PlannedPhase,
        image: String,
        variables: EnvironmentVariables,
        settings: [(name: String, value: String)],
        key: Secret
    ) throws -> TestInputs {
        var lists: [(name: String, values: [[UInt8]])] = [
            ("the version of okteto-run", [Array(OktetoRun.configuration.version.utf8)]),
            ("its image", [Array("\(phase.place)".utf8), Array(image.utf8)]),
            ("the platform", phase.images.platform.map { [Array("\($0)".utf8)] } ?? []),
            ("its commands", phase.commands.map { Array($0.script.utf8) }),
            ("its hosts", phase.hosts.map { Array($0.utf8) }),
            ("its artifacts", phase.artifacts.flatMap { [Array($0.path.utf8), Array($0.destination.utf8)] }),
            ("its caches", phase.caches.paths.map { Array($0.absolute.utf8) }),
            ("its context", [Array(phase.directory.utf8)]),
            ("--workspace", [Array(phase.workspace.rawValue.utf8)]),
        ]
        lists += settings.map { ($0.name, [Array($0.value.utf8)]) }
        lists += variables.names.filter { !passedOver.contains($0) }.map {
            ("the variable \($0)", [variables.bytes(of: $0) ?? []])
        }
        return TestInputs(
            try lists.map { name, values in
                // Each with its length, so that no two lists look alike.
                let bytes = values.flatMap { Array("\($0.count):".utf8) + $0 }
                return Part(name: name, hash: ContentHash(try ContentDigest.keyed(key, bytes)))
            }
        )
    }

    /// The names of the parts that another time had otherwise, or not, in this one's order.
    func differences(from other: TestInputs) -> [String] {
        let theirs = Dictionary(other.parts.map { ($0.name, $0.hash) }) { first, _ in first }
        let ours = Set(parts.map(\.name))
        return parts.filter { theirs[$0.name] != $0.hash }.map(\.name)
            + other.parts.map(\.name).filter { !ours.contains($0) }
    }
}
