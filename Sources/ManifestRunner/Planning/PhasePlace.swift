/// Where a phase runs.
enum PhasePlace: Sendable, Hashable {
    /// In the local shell, `bash -c` for each command.
    case shell
    /// In a container of that image, `sh -c` for each command.
    case container(image: String)
}
