internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// One phase, with everything decided that can be without a network.
struct PlannedPhase: Sendable {
    let kind: PhaseKind
    /// The phases of the plan that must have succeeded before it begins.
    var dependencies: [PhaseKind] = []
    let place: PhasePlace
    /// How its image is got, where it runs in a container.
    let images: ImageChoice
    /// The commands, in order.
    let commands: [Command]
    /// The folder that the commands see: their working directory, or what is copied to /okteto/src.
    let directory: String
    /// The manifest's folder, where the older `.oktetodeployignore` is.
    let root: String
    /// Further names for the container's /etc/hosts, as `name:address`.
    let hosts: [String]
    /// Whether the commands after a failed one run too (`destroy --force-destroy`).
    let continuesAfterFailure: Bool
    /// What the commands get beside what the place brings and the credentials: built-ins, `.env`, `--var`, `--env`.
    let variables: EnvironmentVariables
    /// The values of `.env` and `--var`, which Okteto masks in the output too.
    let maskedValues: [Secret]
    /// What comes back from the container into the folder; no destination leads out of it.
    let artifacts: [Artifact]
    /// How a container gets the folder.
    let workspace: WorkspaceOption
    /// Things to say before the phase starts.
    let notices: [String]

    /// What reports know of the phase before it runs.
    func outline(manifestPath: String) -> PhaseOutline {
        PhaseOutline(
            kind: kind,
            place: place,
            commands: commands.map { command in
                CommandOutline(
                    title: command.displayName,
                    script: command.script,
                    path: manifestPath,
                    line: command.mark.line,
                    column: command.mark.column
                )
            },
            dependencies: dependencies
        )
    }
}
