internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

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

    /// Returns the plan with some of its phases alone; what they depend on beside those counts as done.
    func limited(to kinds: Set<PhaseKind>) -> ExecutionPlan {
        var plan = self
        plan.phases = phases.filter { kinds.contains($0.kind) }
        return plan
    }

    /// Whether a phase keeps something from run to run.
    var needsState: Bool {
        phases.contains { $0.place != .shell && (!$0.caches.paths.isEmpty || $0.unchanged != .runs) }
    }

    /// Whether a phase runs in a container.
    var needsEngine: Bool {
        phases.contains { if case .container = $0.place { true } else { false } }
    }

    /// The plan as `--dry-run` shows it; names of variables and where they come from, never their values.
    func summary(_ injected: InjectedNames) -> String {
        var text = ""
        for phase in phases {
            switch phase.place {
            case .shell: text += "\(phase.kind): in the local shell, in \(PrintableText.escaped(phase.directory))\n"
            case .container(let image):
                let platform = phase.images.platform.map { " for \($0)" } ?? ""
                text += "\(phase.kind): in a container of \(PrintableText.escaped(image))\(platform), "
                text += "with \(PrintableText.escaped(phase.directory))\n"
            }
            for command in phase.commands {
                let hasName = command.name != command.script && !command.name.isEmpty
                let lines = command.script.split(separator: "\n", omittingEmptySubsequences: false)
                // Whoever looks at a foreign manifest sees all of it, and nothing that a terminal obeys.
                text += "  " + (hasName ? PrintableText.escaped(command.name) + ": " : "")
                text += lines.map { PrintableText.escaped(String($0)) }.joined(separator: "\n    ") + "\n"
            }
            text += "  with\n"
            for line in phase.variables(with: injected).lines { text += "    \(line)\n" }
            if phase.place == .shell { text += "    and the rest of the environment\n" }
        }
        return text
    }
}
