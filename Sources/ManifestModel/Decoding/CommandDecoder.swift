internal import YAMLSource

/// Decodes lists of commands: texts, and objects with `name` and `command`.
enum CommandDecoder {
    static func decode(_ items: [YAMLNode]) -> [Command] {
        items.compactMap(decode)
    }

    private static func decode(_ node: YAMLNode) -> Command? {
        // Whatever YAML would make of the text, it is the command; an empty entry is an empty command.
        if let script = node.writtenText { return Command(script: script, mark: node.mark) }
        guard case .mapping = node.content else { return nil }
        return Command(name: node.text("name") ?? "", script: node.text("command") ?? "", mark: node.mark)
    }
}
