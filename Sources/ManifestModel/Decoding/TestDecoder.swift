internal import YAMLSource

/// Decodes the `test` section.
enum TestDecoder {
    private static let known = [
        "image", "context", "commands", "depends_on", "caches", "artifacts", "hosts", "skipIfNoFileChanges",
    ]

    static func decode(_ entry: YAMLEntry, _ context: inout DecodingContext) -> [TestPhase] {
        guard case .mapping(let entries) = entry.value.content else {
            context.error(
                "'test' must be a mapping from names to tests, not \(entry.value.kindName)",
                at: entry.value.mark,
                help: "write the name of a test under it, such as 'unit:', and 'commands:' under that"
            )
            return []
        }
        return entries.compactMap { test($0, &context) }
    }

    private static func test(_ entry: YAMLEntry, _ context: inout DecodingContext) -> TestPhase? {
        let shown = PrintableText.quoted(entry.key)
        let noCommands = "the test \(shown) has no commands"
        guard !entry.value.isNull else {
            context.error(noCommands, at: entry.mark, help: "write 'commands:' and a list under it")
            return nil
        }
        switch entry.value.content {
        case .mapping: break
        default:
            context.error(
                "the test \(shown) must be a mapping, not \(entry.value.kindName)",
                at: entry.value.mark,
                help: known.contains(entry.key)
                    ? "'test' needs the name of a test above '\(entry.key)'" : "write 'commands:' and a list under it"
            )
            return nil
        }
        guard let fields = context.fields(of: entry.value, in: "the test \(shown)", known: known) else { return nil }
        let items = context.items(fields["commands"], "'commands' of the test \(shown)")
        if items.isEmpty, fields["commands"] == nil || fields["commands"]?.value.weight == 1 {
            if case .scalar? = fields["commands"]?.value.content {
                // That it is no list is reported already.
            } else {
                context.error(noCommands, at: entry.mark, help: "write 'commands:' and a list under it")
            }
        }
        return TestPhase(
            name: Marked(entry.key, at: entry.mark),
            image: context.markedText(fields["image"], "'image' of the test \(shown)"),
            context: context.markedText(fields["context"], "'context' of the test \(shown)")?.value ?? ".",
            commands: CommandDecoder.decode(items, &context),
            dependsOn: context.texts(fields["depends_on"], "'depends_on' of the test \(shown)"),
            caches: context.texts(fields["caches"], "'caches' of the test \(shown)"),
            artifacts: context.items(fields["artifacts"], "'artifacts' of the test \(shown)")
                .compactMap { artifact($0, &context) },
            hosts: context.items(fields["hosts"], "'hosts' of the test \(shown)").compactMap { host($0, &context) },
            skipIfNoFileChanges: context.boolean(fields["skipIfNoFileChanges"], "'skipIfNoFileChanges'") ?? false
        )
    }

    private static func artifact(_ node: YAMLNode, _ context: inout DecodingContext) -> Artifact? {
        if case .scalar(let scalar) = node.content {
            return Artifact(path: node.isNull ? "" : scalar.text, mark: node.mark)
        }
        guard let fields = context.fields(of: node, in: "an artifact", known: ["path", "destination"]) else {
            return nil
        }
        guard let path = context.markedText(fields["path"], "'path' of an artifact") else {
            context.error("an artifact needs a 'path'", at: node.mark)
            return nil
        }
        let destination = context.markedText(fields["destination"], "'destination' of an artifact")
        return Artifact(path: path.value, destination: destination?.value, mark: node.mark)
    }

    private static func host(_ node: YAMLNode, _ context: inout DecodingContext) -> HostDeclaration? {
        let declaration: HostDeclaration
        if case .scalar(let scalar) = node.content {
            declaration = HostDeclaration(.text(node.isNull ? "" : scalar.text), at: node.mark)
            // What the text is once its variables are expanded is known only when the test runs.
            guard !scalar.text.contains("$") else { return declaration }
        } else {
            guard let fields = context.fields(of: node, in: "a host", known: ["hostname", "ip"]) else { return nil }
            let hostname = context.markedText(fields["hostname"], "'hostname'")?.value ?? ""
            let ip = context.markedText(fields["ip"], "'ip'")?.value ?? ""
            declaration = HostDeclaration(.pair(hostname: hostname, ip: ip), at: node.mark)
            guard !hostname.contains("$"), !ip.contains("$") else { return declaration }
        }
        do throws(ManifestModelError) {
            _ = try declaration.resolved(with: VariableExpander(lookUp: { _ in nil }))
        } catch {
            context.error(error.message, at: node.mark)
        }
        return declaration
    }
}
