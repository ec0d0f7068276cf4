internal import YAMLSource

/// Decodes the top of a manifest.
enum ManifestDecoder {
    /// The keys that okteto-run executes, and those that it only checks.
    private static let executed = ["name", "deploy", "destroy", "test"]
    private static let known = executed + SectionDecoder.keys

    static func decode(_ node: YAMLNode, _ context: inout DecodingContext) -> Manifest? {
        guard case .mapping(let entries) = node.content else {
            context.error(
                "a manifest must be a mapping, not \(node.kindName)",
                at: node.mark,
                help: "begin with a section, such as 'deploy:'"
            )
            return nil
        }
        var name: Marked<String>?
        var deploy: Phase?
        var destroy: Phase?
        var tests: [TestPhase] = []
        var sections: [UnexecutedSection] = []
        for entry in entries {
            switch entry.key {
            case _ where !known.contains(entry.key): reportUnknown(entry, &context)
            case _ where entry.value.isNull: continue
            case "name": name = context.markedText(entry, "'name'")
            case "deploy": deploy = PhaseDecoder.decode(entry, .deploy, &context)
            case "destroy": destroy = PhaseDecoder.decode(entry, .destroy, &context)
            case "test": tests = TestDecoder.decode(entry, &context)
            default:
                SectionDecoder.check(entry, &context)
                sections.append(UnexecutedSection(key: entry.key, mark: entry.mark))
            }
        }
        return Manifest(name: name, deploy: deploy, destroy: destroy, tests: tests, sections: sections)
    }

    private static func reportUnknown(_ entry: YAMLEntry, _ context: inout DecodingContext) {
        context.error(
            "\(PrintableText.quoted(entry.key)) is not a key of the manifest",
            at: entry.mark,
            help: help(for: entry.key)
        )
    }

    private static func help(for key: String) -> String {
        if key.hasPrefix("x-") {
            return "a manifest has no extension keys; put an anchor where its value is used first"
        }
        switch key {
        case "tests": return "did you mean 'test'?"
        case "devs": return "it is called 'dev' now"
        case "variables", "env", "environment":
            return "give variables with --var NAME=VALUE, or in a file .env beside the manifest"
        case "services": return "this looks like a Compose file; name it under 'deploy.compose' of a manifest"
        case "image", "command", "sync", "namespace", "context", "autocreate", "workdir", "volumes":
            return "put it into a section: 'deploy', 'destroy', a test, or a 'dev' container"
        default:
            return Suggestion.help(for: key, among: known) ?? "the keys are \(known.joined(separator: ", "))"
        }
    }
}
