internal import ContainerExec

/// A container of a phase with an idle shell in it: no workspace yet, and no credentials.
struct PreparedContainer: Sendable {
    let id: ContainerID
    /// What the engine was asked for.
    let specification: ContainerSpecification
    let shell: PhaseShell
}
