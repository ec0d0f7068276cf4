/// Decodes lists of commands: text, or `{name, command}`, in any mixture.
enum CommandDecoder {
    static func decode(_ node: YAMLNode, owner: String, findings: inout Findings) -> [Command] {
        guard case .sequence(let items) = node.content else {
            findings.error(
                "the commands of \(owner) must be a list, not \(node.kind)",
                at: node.mark,
                help: node.text.map { "write it as '- \($0)' on a line of its own" }
            )
            return []
        }
        return items.compactMap { command($0, owner: owner, findings: &findings) }
    }

    private static func command(_ node: YAMLNode, owner: String, findings: inout Findings) -> Command? {
        switch node.content {
        case .scalar(let text, let isPlain):
            if isPlain, !node.isNull, ["true", "false"].contains(text) || Double(text) != nil {
                findings.warning(
                    "the command '\(text)' is not a text for Okteto's schema",
                    at: node.mark,
                    help: "put it in quotes"
                )
            }
            let script = node.text ?? text
            return Command(name: script, script: script, mark: node.mark)
        case .sequence:
            findings.error("a command of \(owner) must be text or a mapping, not \(node.kind)", at: node.mark)
            return nil
        case .mapping(let entries):
            let reader = MappingReader(
                entries,
                owner: "a command of \(owner)",
                keys: ["name", "command"],
                findings: &findings
            )
            if reader.mark(of: "command") == nil {
                findings.warning(
                    "this command of \(owner) has no 'command': it runs nothing",
                    at: node.mark,
                    help: "does a '- ' stand between 'name' and 'command'?"
                )
            }
            let script = reader.text("command", findings: &findings)?.value ?? ""
            let name = reader.text("name", findings: &findings)?.value ?? ""
            return Command(name: name.isEmpty ? script : name, script: script, mark: node.mark)
        }
    }
}
