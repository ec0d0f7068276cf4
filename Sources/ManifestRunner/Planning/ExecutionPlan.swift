internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment

/// What a run will do: its phases, each after those that it depends on.
struct ExecutionPlan: Sendable {
    /// The phases in an order in which they can run one after the other.
    var phases: [PlannedPhase]
    /// Things to say before anything starts.
    var notices: [String]
    /// The most phases that run at once; nil for as many as suit the plan and the machine.
    var jobs: Int?
    /// Whether a failure ends the phases that run, and no other begins; otherwise all run that do not depend on it.
    var stopsAtFailure = false

    /// Whether phases would meet in one folder: those of the local shell, and those that mount theirs, change it.
    var sharesFolders: Bool {
        phases.contains { $0.place == .shell || $0.workspace == .mount }
    }

    /// The most phases that run at once.
    var jobsAtOnce: Int {
        jobs ?? (sharesFolders ? 1 : ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Whether several phases may run at the same time.
    var isParallel: Bool {
        jobsAtOnce > 1 && zip(phases, phases.dropFirst()).contains { !$1.dependencies.contains($0.kind) }
    }

    /// Returns the plan of which every phase of another one waits for all of this one's.
    func followed(by other: ExecutionPlan) -> ExecutionPlan {
        var plan = other
        let first = phases.map(\.kind)
        for index in plan.phases.indices { plan.phases[index].dependencies += first }
        plan.phases = phases + plan.phases
        plan.notices = notices + other.notices
        return plan
    }

    /// Whether a phase runs in a container.
    var needsEngine: Bool {
        phases.contains { if case .container = $0.place { true } else { false } }
    }

    /// The plan as `--dry-run` shows it; names of variables, never their values.
    var summary: String {
        var text = ""
        for phase in phases {
            switch phase.place {
            case .shell: text += "\(phase.kind): in the local shell, in \(phase.directory)\n"
            case .container(let image):
                let platform = phase.images.platform.map { " for \($0)" } ?? ""
                text += "\(phase.kind): in a container of \(image)\(platform), with \(phase.directory)\n"
            }
            for command in phase.commands {
                text += "  \(command.name == command.script || command.name.isEmpty ? "" : command.name + ": ")"
                text += command.script.replacing("\n", with: "\n    ") + "\n"
            }
            if !phase.variables.isEmpty { text += "  with \(phase.variables.names.joined(separator: ", "))\n" }
        }
        return text
    }
}
