/// The labels by which a run's containers, and tests' caches, are found again.
package enum ContainerLabels {
    /// On every container and volume of okteto-run, with the value `1`.
    package static let mark = "dev.okteto-run"
    /// The run's UUID.
    package static let run = "dev.okteto-run.run"
    /// The run's process.
    package static let pid = "dev.okteto-run.pid"
    /// Where that process runs: a ``HostIdentity``.
    package static let host = "dev.okteto-run.host"
    /// The phase, as in `deploy` or `test/aws`.
    package static let phase = "dev.okteto-run.phase"

    /// On a test's cache volume: the folder that it is.
    package static let cache = "dev.okteto-run.cache"
    /// On a test's cache volume: the repository.
    package static let repository = "dev.okteto-run.repository"
    /// On a test's cache volume: the manifest, relative to the repository.
    package static let manifest = "dev.okteto-run.manifest"
    /// On a test's cache volume: the test.
    package static let test = "dev.okteto-run.test"

    /// Returns the labels of a container of `identity` for `phase`.
    static func all(of identity: RunIdentity, phase: String) -> [String: String] {
        [mark: "1", run: identity.run, pid: "\(identity.pid)", host: "\(identity.host)", Self.phase: phase]
    }
}
