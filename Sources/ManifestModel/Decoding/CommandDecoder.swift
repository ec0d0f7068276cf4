internal import YAMLSource

/// Decodes lists of commands: texts, and objects with `name` and `command`.
enum CommandDecoder {
    private static let known = ["name", "command"]

    static func decode(_ items: [YAMLNode], _ context: inout DecodingContext) -> [Command] {
        items.compactMap { decode($0, &context) }
    }

    private static func decode(_ node: YAMLNode, _ context: inout DecodingContext) -> Command? {
        switch node.content {
        case .scalar(let scalar):
            // Whatever YAML would make of the text, it is the command; an empty entry is an empty command.
            return Command(script: node.isNull ? "" : scalar.text, mark: node.mark)
        case .sequence:
            context.error(
                "a command must be a text, or a mapping with 'command', not a list",
                at: node.mark,
                help: "put a command that begins with '[' in quotes"
            )
            return nil
        case .mapping(let entries):
            return object(node, entries, &context)
        }
    }

    private static func object(
        _ node: YAMLNode,
        _ entries: [YAMLEntry],
        _ context: inout DecodingContext
    ) -> Command? {
        // `- echo: hello` was meant as a text, most likely: it has ': ' in it and no quotes.
        if let only = entries.first, entries.count == 1, !known.contains(only.key), only.key.contains(" ") {
            context.error(
                "this command is read as a mapping, because it contains ': '",
                at: only.mark,
                help: "put the whole command in quotes, or write it after '|' on a line of its own"
            )
            return nil
        }
        guard let fields = context.fields(of: node, in: "a command", known: known) else { return nil }
        let name = fields["name"].flatMap { context.text($0.value, "'name' of a command") }
        let script = fields["command"].flatMap { context.text($0.value, "'command'") }
        // A misspelt key is reported already.
        if fields["command"] == nil, entries.allSatisfy({ known.contains($0.key) }) {
            context.warning(
                "this entry has no 'command', so it runs nothing",
                at: node.mark,
                help: "write 'name' and 'command' in one entry, with one '-'"
            )
        }
        return Command(name: name ?? "", script: script ?? "", mark: node.mark)
    }
}
