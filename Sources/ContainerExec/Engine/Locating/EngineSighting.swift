/// What came of asking one place for an engine, for whoever looks for the cause of something.
package struct EngineSighting: Sendable, Hashable {
    /// Where: `unix:///run/x.sock`.
    package let place: String
    /// Why there: `from DOCKER_HOST`, `a known socket`.
    package let reason: String
    /// What came of it, in words.
    package let finding: String
    /// Whether an engine answered that okteto-run can work with.
    package let isUsable: Bool
    /// Whether it is one of the usual places, and nothing is there.
    package let isAbsent: Bool
}
