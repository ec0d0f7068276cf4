internal import YAMLSource

/// Decodes `dependencies`.
enum DependencyDecoder {
    static func decode(_ section: YAMLNode) -> [Dependency] {
        if let items = section.items {
            return items.compactMap { item in
                item.text.map { repository in
                    let name = EnvironmentName.repository(of: repository) ?? repository
                    return Dependency(name: Marked(name, at: item.mark), repository: repository)
                }
            }
        }
        return section.entries.map { entry in
            let node = entry.value
            return Dependency(
                name: Marked(entry.key, at: entry.mark),
                repository: node.text ?? node.text("repository") ?? "",
                manifest: node.text("manifest"),
                branch: node.text("branch"),
                variables: node.pairs("variables"),
                waits: node.boolean("wait") ?? false,
                timeout: node.text("timeout")
            )
        }
    }
}
