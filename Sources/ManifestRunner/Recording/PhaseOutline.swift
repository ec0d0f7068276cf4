/// What is known of a phase before it runs.
struct PhaseOutline: Sendable {
    let kind: PhaseKind
    let place: PhasePlace
    let commands: [CommandOutline]
    /// The phases that must have succeeded before.
    let dependencies: [PhaseKind]
}
