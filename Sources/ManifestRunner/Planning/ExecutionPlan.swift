internal import ManifestModel
internal import ProcessEnvironment

/// What a run will do: its phases in order, one after the other.
struct ExecutionPlan: Sendable {
    let phases: [PlannedPhase]
    /// Things to say before anything starts.
    let notices: [String]

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
