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
    /// Where each of the variables comes from.
    var origins = LayeredVariables()
    /// The values of `.env` and `--var`, which Okteto masks in the output too.
    var maskedValues: [Secret]
    /// What comes back from the container into the folder; no destination leads out of it.
    let artifacts: [Artifact]
    /// How a container gets the folder.
    let workspace: WorkspaceOption
    /// The folders that are kept from run to run.
    var caches = PlannedCaches.none
    /// What becomes of it when nothing that its commands can see has changed since it last succeeded.
    var unchanged = UnchangedRule.runs
    /// The manifest's absolute path, by which what is kept of its tests is found again.
    var manifest = ""
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

    /// Returns all variables that the commands will find, those that come at the start included.
    func variables(with injected: InjectedNames) -> LayeredVariables {
        var result = LayeredVariables()
        if place != .shell { result.add(names: injected.admitted, from: .environment) }
        result.add(origins)
        result.add(names: ["OKTETO_ENV"], from: .builtIn)
        // A region that the phase sets stays.
        let own = ["AWS_REGION", "AWS_DEFAULT_REGION"].contains { variables.nonEmpty($0) != nil }
        result.add(
            names: injected.credentials.filter { !own || !$0.hasSuffix("_REGION") || variables.nonEmpty($0) == nil },
            from: .credentials
        )
        return result
    }
}
