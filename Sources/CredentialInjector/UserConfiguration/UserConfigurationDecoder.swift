internal import YAMLSource

/// Makes settings of a `DynamicConfig` document, and says of everything that is wrong with it where it stands.
///
/// The lines themselves are not shown: a token command may hold a secret.
struct UserConfigurationDecoder {
    private let path: String
    private var findings: [Diagnostic]

    /// - Throws: ``CredentialError`` of code `settings` with the first finding, and the others as its details.
    static func decode(_ source: SourceText) throws(CredentialError) -> UserConfiguration {
        let document = YAMLDocument.read(source)
        var decoder = UserConfigurationDecoder(path: source.path, findings: document.diagnostics)
        var fields: [String: Setting<String>] = [:]
        if let root = document.root, !root.isNull {
            fields = decoder.fields(of: root)
        } else if !decoder.findings.hasErrors {
            decoder.error("the file is empty", at: .start, help: "put the DynamicConfig document there")
        }
        let findings = decoder.findings.sortedByMark()
        let errors = findings.filter { $0.severity == .error }.prefix(20).map { decoder.text($0) }
        guard let first = errors.first else {
            return UserConfiguration(
                path: source.path,
                warnings: findings.filter { $0.severity == .warning }.map { decoder.text($0) },
                fields: fields
            )
        }
        throw CredentialError(
            .settings,
            first,
            details: Array(errors.dropFirst()),
            nextStep: "correct the credential settings; docs/settings.md shows a document"
        )
    }

    private mutating func fields(of root: YAMLNode) -> [String: Setting<String>] {
        guard let object = object(in: root) else { return [:] }
        let keys = ["apiVersion", "kind", "metadata", "spec", "status"]
        guard let entries = entries(of: object, "the document", known: keys) else { return [:] }
        check(object["apiVersion"], "apiVersion", at: object.mark) { $0.hasPrefix("admin.okteto.com/") }
        check(object["kind"], "kind", at: object.mark) { $0 == "DynamicConfig" }
        check(object["metadata"]?["name"], "metadata.name", at: object["metadata"]?.mark ?? object.mark) {
            $0 == UserConfiguration.name
        }
        guard let spec = entries["spec"], !spec.value.isNull else {
            error("the document has no 'spec'", at: object.mark, help: "it holds roleARN, region and audience")
            return [:]
        }
        let known = SettingNames.all.compactMap(\.field)
        let lists = SettingNames.all.filter(\.isList).compactMap(\.field)
        var result: [String: Setting<String>] = [:]
        for (key, entry) in self.entries(of: spec.value, "'spec'", known: known) ?? [:] where !entry.value.isNull {
            let value = lists.contains(key) ? words(of: entry.value, key) : text(of: entry.value, key)
            guard let text = value else { continue }
            guard !text.isEmpty else { continue }
            let mark = entry.value.mark
            let place = FilePlace(path: path, line: mark.line, column: mark.column)
            result[key] = Setting(text, from: .configuration(field: "spec.\(key)", place))
        }
        return result
    }

    private mutating func text(of node: YAMLNode, _ key: String) -> String? {
        if let text = node.text { return text }
        error("'spec.\(key)' must be a text, not \(node.kindName)", at: node.mark)
        return nil
    }

    /// Returns the texts of a list as one, with commas between; none of them may have what stands between words.
    private mutating func words(of node: YAMLNode, _ key: String) -> String? {
        if let text = node.text { return text }
        guard let items = node.items else {
            error("'spec.\(key)' must be a list of texts or a text, not \(node.kindName)", at: node.mark)
            return nil
        }
        // Taken for "not set", it would lift the limit that it was meant to be.
        guard !items.isEmpty else {
            error("'spec.\(key)' is an empty list", at: node.mark, help: "name what it is limited to, or leave it out")
            return nil
        }
        var words: [String] = []
        for item in items {
            guard let text = item.text, !text.isEmpty, !text.contains(where: { $0.isWhitespace || $0 == "," }) else {
                error("an item of 'spec.\(key)' must be one word, not \(item.kindName)", at: item.mark)
                continue
            }
            words.append(text)
        }
        return words.count == items.count ? words.joined(separator: ",") : nil
    }

    /// Returns the document, or the item of a list that has its name.
    private mutating func object(in root: YAMLNode) -> YAMLNode? {
        guard root["kind"]?.text == "List" else { return root }
        let items = (root["items"]?.items ?? []).filter { $0["metadata"]?["name"]?.text == UserConfiguration.name }
        guard items.count == 1 else {
            error(
                "the list has \(items.isEmpty ? "no" : "more than one") item named '\(UserConfiguration.name)'",
                at: root["items"]?.mark ?? root.mark,
                help: "get the one: kubectl get dynamicconfig \(UserConfiguration.name) -n okteto -o yaml"
            )
            return nil
        }
        return items.first
    }

    private mutating func entries(of node: YAMLNode, _ name: String, known: [String]) -> [String: YAMLEntry]? {
        guard case .mapping(let entries) = node.content else {
            error("\(name) must be a mapping, not \(node.kindName)", at: node.mark)
            return nil
        }
        var result: [String: YAMLEntry] = [:]
        for entry in entries {
            if known.contains(entry.key) {
                result[entry.key] = entry
            } else {
                error(
                    "\(shown(entry.key)) is not a key of \(name)",
                    at: entry.mark,
                    help: Suggestion.help(for: entry.key, among: known)
                        ?? "the keys are \(known.joined(separator: ", "))"
                )
            }
        }
        return result
    }

    private mutating func check(
        _ node: YAMLNode?,
        _ name: String,
        at mark: SourceMark,
        isRight: (String) -> Bool
    ) {
        let text = node?.text
        if let text, isRight(text) { return }
        error(
            text.map { "\(name) is \(shown($0))" } ?? "the document has no '\(name)'",
            at: node?.mark ?? mark,
            help: "it is a DynamicConfig of admin.okteto.com/v1 named \(UserConfiguration.name)"
        )
    }

    private mutating func error(_ message: String, at mark: SourceMark, help: String? = nil) {
        findings.append(Diagnostic(.error, message, at: mark, help: help))
    }

    private func shown(_ text: String) -> String { "'\(DisplayText.clean(text, limit: 60))'" }

    private func text(_ finding: Diagnostic) -> String {
        let place = FilePlace(path: path, line: finding.mark.line, column: finding.mark.column)
        return "\(place): \(DisplayText.clean(finding.message))"
            + (finding.help.map { " (\(DisplayText.clean($0, limit: 600)))" } ?? "")
    }
}
