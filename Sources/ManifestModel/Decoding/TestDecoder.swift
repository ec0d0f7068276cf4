internal import YAMLSource

/// Decodes the `test` section.
enum TestDecoder {
    static func decode(_ section: YAMLNode) -> [TestPhase] {
        section.entries.compactMap(test)
    }

    private static func test(_ entry: YAMLEntry) -> TestPhase? {
        let node = entry.value
        guard case .mapping = node.content else { return nil }
        return TestPhase(
            name: Marked(entry.key, at: entry.mark),
            image: node.markedText("image"),
            context: node.text("context") ?? ".",
            commands: CommandDecoder.decode(node["commands"]?.items ?? []),
            dependsOn: node.texts("depends_on"),
            caches: node.texts("caches"),
            artifacts: (node["artifacts"]?.items ?? []).compactMap(artifact),
            hosts: (node["hosts"]?.items ?? []).compactMap(host),
            skipIfNoFileChanges: node.boolean("skipIfNoFileChanges") ?? false
        )
    }

    /// Returns an artifact; nil for one without a path, which brings nothing back.
    private static func artifact(_ node: YAMLNode) -> Artifact? {
        if let path = node.text ?? node.text("path"), !path.isEmpty {
            return Artifact(path: path, destination: node.text("destination"), mark: node.mark)
        }
        return nil
    }

    private static func host(_ node: YAMLNode) -> HostDeclaration? {
        if let text = node.text { return HostDeclaration(.text(text), at: node.mark) }
        guard case .mapping = node.content else { return nil }
        let pair = HostDeclaration.Form.pair(hostname: node.text("hostname") ?? "", ip: node.text("ip") ?? "")
        return HostDeclaration(pair, at: node.mark)
    }
}
