/// Decodes `deploy` and `destroy`: a list of commands, or an object.
enum PhaseDecoder {
    static func decode(_ node: YAMLNode, section: String, findings: inout Findings) -> Phase? {
        var phase = Phase(mark: node.mark)
        switch node.content {
        case .scalar(let text, _):
            findings.error(
                "'\(section)' must be a list of commands or a mapping, not \(node.kind)",
                at: node.mark,
                help: "write it as a list:\n    \(section):\n    - \(text.split(separator: "\n").first ?? "…")"
            )
            return nil
        case .sequence:
            phase.commands = CommandDecoder.decode(node, owner: section, findings: &findings)
        case .mapping(let entries):
            let platformKeys = section == "deploy" ? ["compose", "endpoints", "divert"] : []
            let reader = MappingReader(
                entries,
                owner: section,
                keys: ["commands", "image", "remote", "context"] + platformKeys,
                findings: &findings
            )
            if let commands = reader["commands"] {
                phase.commands = CommandDecoder.decode(commands, owner: section, findings: &findings)
            }
            phase.image = reader.text("image", findings: &findings)
            phase.remote = reader.boolean("remote", findings: &findings)
            phase.context = reader.text("context", findings: &findings)
            for key in reader.order where platformKeys.contains(key) && reader[key] != nil {
                guard let mark = reader.mark(of: key) else { continue }
                phase.platformKeys.append(Marked("\(section).\(key)", at: mark))
            }
        }
        return phase
    }
}
