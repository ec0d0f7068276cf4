/// The labels by which a run's containers are found again.
package enum ContainerLabels {
    /// On every container of okteto-run, with the value `1`.
    package static let mark = "dev.okteto-run"
    /// The run's UUID.
    package static let run = "dev.okteto-run.run"
    /// The run's process.
    package static let pid = "dev.okteto-run.pid"
    /// Where that process runs: a ``HostIdentity``.
    package static let host = "dev.okteto-run.host"
    /// The phase, as in `deploy` or `test/aws`.
    package static let phase = "dev.okteto-run.phase"

    /// Returns the labels of a container of `identity` for `phase`.
    static func all(of identity: RunIdentity, phase: String) -> [String: String] {
        [mark: "1", run: identity.run, pid: "\(identity.pid)", host: "\(identity.host)", Self.phase: phase]
    }
}
