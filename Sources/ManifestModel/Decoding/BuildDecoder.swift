internal import YAMLSource

/// Decodes the images of `build`.
enum BuildDecoder {
    static func decode(_ entry: YAMLEntry) -> BuildImage {
        let node = entry.value
        return BuildImage(
            name: Marked(entry.key, at: entry.mark),
            context: node.text ?? node.text("context") ?? ".",
            dockerfile: node.text("dockerfile"),
            target: node.text("target"),
            image: node.text("image"),
            arguments: node.pairs("args"),
            secrets: (node["secrets"]?.entries ?? []).compactMap(secret),
            cacheFrom: node.textOrTexts("cache_from"),
            exportCache: node.textOrTexts("export_cache"),
            dependsOn: node.textOrTexts("depends_on")
        )
    }

    private static func secret(_ entry: YAMLEntry) -> BuildImage.Secret? {
        if let file = entry.value.text { return .init(name: entry.key, source: .file(file)) }
        if let file = entry.value.text("file") { return .init(name: entry.key, source: .file(file)) }
        return entry.value.text("env").map { .init(name: entry.key, source: .environment($0)) }
    }
}
