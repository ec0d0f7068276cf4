/// A named volume that keeps one folder of a test from run to run.
///
/// Whoever has the same repository, manifest, test and path has the same volume, as in Okteto.
package struct CacheVolume: Sendable, Hashable {
    /// The repository that the manifest is in: its URL without a login, or the folder.
    package let repository: String
    /// The manifest, relative to the repository.
    package let manifest: String
    /// The test.
    package let test: String
    /// The folder in the test's container, absolute.
    package let path: String
    /// 0, or which of several volumes it is, where runs that go on at the same time have one each.
    package let number: Int

    /// Creates the volume's description; nothing is asked of an engine.
    package init(repository: String, manifest: String, test: String, path: String, number: Int = 0) {
        self.repository = repository
        self.manifest = manifest
        self.test = test
        self.path = path
        self.number = number
    }

    /// The name without the number: `okteto-run-cache-` and twenty digits of a digest.
    ///
    /// Each part goes into the digest with its length, so that no two lists of parts look alike.
    package var family: String {
        let parts = ["1", repository, manifest, test, path]
        let bytes = parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
        return "okteto-run-cache-\(SHA256.hexadecimal(bytes).prefix(20))"
    }

    /// The volume's name.
    package var name: String { number == 0 ? family : "\(family)-\(number)" }

    /// What the engine keeps of it, for people and for `okteto-run prune`.
    var labels: [String: String] {
        [
            ContainerLabels.mark: "1",
            ContainerLabels.cache: path,
            ContainerLabels.repository: repository,
            ContainerLabels.manifest: manifest,
            ContainerLabels.test: test,
        ]
    }
}
