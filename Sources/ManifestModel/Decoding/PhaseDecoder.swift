internal import YAMLSource

/// Decodes `deploy` and `destroy`.
enum PhaseDecoder {
    private static let common = ["commands", "image", "remote", "context"]
    private static let platform = ["compose", "endpoints", "divert"]

    static func decode(_ entry: YAMLEntry, _ kind: PhaseKind, _ context: inout DecodingContext) -> Phase? {
        let node = entry.value
        let key = kind.rawValue
        switch node.content {
        case .sequence(let items):
            return Phase(commands: CommandDecoder.decode(items, &context), mark: entry.mark)
        case .scalar(let scalar):
            context.error(
                "'\(key)' must be a list of commands or a mapping, not a text",
                at: node.mark,
                help: DecodingContext.listHelp(key, scalar.text)
            )
            return nil
        case .mapping:
            let extra = kind == .deploy ? platform : []
            guard let fields = context.fields(of: node, in: "'\(key)'", known: common + extra) else { return nil }
            let commands = context.items(fields["commands"], "'\(key).commands'")
            return Phase(
                image: context.markedText(fields["image"], "'\(key).image'"),
                remote: context.boolean(fields["remote"], "'\(key).remote'"),
                context: context.markedText(fields["context"], "'\(key).context'"),
                commands: CommandDecoder.decode(commands, &context),
                unexecuted: extra.compactMap { unexecuted(fields[$0], key, &context) },
                mark: entry.mark
            )
        }
    }

    private static func unexecuted(
        _ entry: YAMLEntry?,
        _ phase: String,
        _ context: inout DecodingContext
    ) -> UnexecutedSection? {
        guard let entry else { return nil }
        switch (entry.key, entry.value.content) {
        case ("divert", .scalar), ("divert", .sequence):
            context.error("'deploy.divert' must be a mapping, not \(entry.value.kindName)", at: entry.value.mark)
        case ("endpoints", .scalar):
            context.error("'deploy.endpoints' must be a list, not a text", at: entry.value.mark)
        default: break
        }
        return UnexecutedSection(key: "\(phase).\(entry.key)", mark: entry.mark)
    }
}
