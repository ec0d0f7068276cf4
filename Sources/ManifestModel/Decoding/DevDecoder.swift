internal import YAMLSource

/// Decodes the containers of `dev`.
enum DevDecoder {
    static func decode(_ entry: YAMLEntry) -> DevContainer? {
        let node = entry.value
        guard case .mapping = node.content else { return nil }
        return DevContainer(
            name: Marked(entry.key, at: entry.mark),
            image: node.markedText("image"),
            command: node.textOrTexts("command"),
            workdir: node.text("workdir"),
            mode: node.text("mode") ?? "sync",
            sync: node.texts("sync") + (node["sync"]?.texts("folders") ?? []),
            environment: node.pairs("environment"),
            forward: (node["forward"]?.items ?? []).compactMap(ForwardDecoder.decode),
            reverse: node.texts("reverse"),
            volumes: node.texts("volumes"),
            secrets: node.texts("secrets"),
            selector: node.pairs("selector"),
            services: (node["services"]?.items ?? []).compactMap { $0.markedText("name") },
            isAutocreated: node.boolean("autocreate") ?? false
        )
    }
}
