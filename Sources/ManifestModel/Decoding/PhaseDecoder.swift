internal import YAMLSource

/// Decodes `deploy` and `destroy`.
enum PhaseDecoder {
    private static let platform = ["compose", "endpoints", "divert"]

    /// Returns the phase; nil when the section is neither a list nor a mapping.
    static func decode(_ entry: YAMLEntry) -> Phase? {
        let node = entry.value
        switch node.content {
        case .scalar: return nil
        case .sequence(let items): return Phase(commands: CommandDecoder.decode(items), mark: entry.mark)
        case .mapping(let entries):
            return Phase(
                image: node.markedText("image"),
                remote: node.boolean("remote"),
                context: node.markedText("context"),
                commands: CommandDecoder.decode(node["commands"]?.items ?? []),
                compose: compose(node["compose"]),
                endpoints: (node["endpoints"]?.items ?? []).map(endpoint),
                divert: node["divert"].flatMap(divert),
                unexecuted: entries.filter { platform.contains($0.key) && !$0.value.isNull }.map {
                    UnexecutedSection(key: "\(entry.key).\($0.key)", mark: $0.mark)
                },
                mark: entry.mark
            )
        }
    }

    private static func compose(_ node: YAMLNode?) -> [ComposeFile] {
        guard let node else { return [] }
        return (node.items ?? [node]).compactMap { item in
            if let path = item.text { return ComposeFile(path: Marked(path, at: item.mark), services: []) }
            guard case .mapping = item.content else { return nil }
            return ComposeFile(path: item.markedText("file"), services: item.textOrTexts("services"))
        }
    }

    private static func endpoint(_ node: YAMLNode) -> PhaseEndpoint {
        PhaseEndpoint(
            path: node.text("path"),
            service: node.text("service"),
            port: node.integer("port"),
            mark: node.mark
        )
    }

    private static func divert(_ node: YAMLNode) -> Divert? {
        guard case .mapping = node.content else { return nil }
        return Divert(
            driver: node.text("driver") ?? "nginx",
            namespace: node.markedText("namespace"),
            virtualServices: (node["virtualServices"]?.items ?? []).map {
                Divert.VirtualService(
                    name: $0.text("name") ?? "",
                    namespace: $0.text("namespace") ?? "",
                    routes: $0.texts("routes").map(\.value)
                )
            },
            hosts: (node["hosts"]?.items ?? []).map {
                Divert.Host(virtualService: $0.text("virtualService") ?? "", namespace: $0.text("namespace") ?? "")
            },
            mark: node.mark
        )
    }
}
