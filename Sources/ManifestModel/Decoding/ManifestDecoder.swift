internal import YAMLSource

/// Decodes the manifest as a whole; what is wrong with it is ``ShapeChecker``'s to say.
enum ManifestDecoder {
    /// The sections that okteto-run executes, or that are only names.
    private static let executed: Set<String> = ["name", "deploy", "destroy", "test"]

    /// Returns the manifest; nil when the document is no mapping.
    static func decode(_ node: YAMLNode) -> Manifest? {
        guard case .mapping(let entries) = node.content else { return nil }
        func section(_ key: String) -> YAMLEntry? {
            entries.first { $0.key == key && !$0.value.isNull }
        }
        let known: Set<String>
        if case .fields(let shape)? = ManifestGrammar.manifest.mapping?.content {
            known = Set(shape.names)
        } else {
            known = []
        }
        return Manifest(
            name: node.markedText("name"),
            icon: node.markedText("icon"),
            builds: (section("build")?.value.entries ?? []).map(BuildDecoder.decode),
            dependencies: section("dependencies").map { DependencyDecoder.decode($0.value) } ?? [],
            deploy: section("deploy").flatMap(PhaseDecoder.decode),
            destroy: section("destroy").flatMap(PhaseDecoder.decode),
            tests: section("test").map { TestDecoder.decode($0.value) } ?? [],
            externals: (section("external")?.value.entries ?? []).map(ExternalDecoder.decode),
            devs: (section("dev")?.value.entries ?? []).compactMap(DevDecoder.decode),
            forwards: (section("forward")?.value.items ?? []).compactMap(ForwardDecoder.decode),
            sections:
                entries
                .filter { known.contains($0.key) && !executed.contains($0.key) && !$0.value.isNull }
                .map { UnexecutedSection(key: $0.key, mark: $0.mark) }
        )
    }
}
