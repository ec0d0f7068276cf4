/// Reads a mapping whose keys are known: unknown and duplicate keys are errors, as with Okteto's strict parser.
struct MappingReader {
    private var values: [String: YAMLNode] = [:]
    private var marks: [String: SourceMark] = [:]
    /// What the mapping is, as messages name it: `deploy`, `test 'unit'`.
    let owner: String

    /// Takes a mapping's entries in. `keys` are the known ones; with nil every key is taken, as for names.
    init(_ entries: [YAMLNode.Entry], owner: String, keys: [String]?, findings: inout Findings) {
        self.owner = owner
        for entry in entries {
            guard let key = entry.key.text, !entry.key.isNull else {
                findings.error("a key of \(owner) must be text, not \(entry.key.kind)", at: entry.key.mark)
                continue
            }
            if let keys, !keys.contains(key) {
                let suggestion = Suggestion.closest(to: key, among: keys)
                findings.error(
                    "'\(key)' is not a property of \(owner)",
                    at: entry.key.mark,
                    help: suggestion.map { "did you mean '\($0)'?" }
                        ?? "the properties are \(keys.joined(separator: ", "))"
                )
            } else if let first = marks[key] {
                findings.error(
                    "'\(key)' is given twice in \(owner)",
                    at: entry.key.mark,
                    help: "it stands in line \(first.line) already; keep one of them"
                )
            } else {
                values[key] = entry.value
                marks[key] = entry.key.mark
                order.append(key)
            }
        }
    }

    /// The keys that were taken, in the order of the file.
    private(set) var order: [String] = []

    /// Where a key stands.
    func mark(of key: String) -> SourceMark? { marks[key] }

    /// The value of a key; nil when it is absent or null, which Okteto takes for absent.
    subscript(key: String) -> YAMLNode? {
        values[key].flatMap { $0.isNull ? nil : $0 }
    }

    /// Reads a single value as text.
    func text(_ key: String, findings: inout Findings) -> Marked<String>? {
        guard let node = self[key] else { return nil }
        guard let text = node.text else {
            findings.error("'\(key)' of \(owner) must be a single value, not \(node.kind)", at: node.mark)
            return nil
        }
        return Marked(text, at: node.mark)
    }

    /// Reads a boolean of YAML 1.1.
    func boolean(_ key: String, findings: inout Findings) -> Bool? {
        guard let node = self[key] else { return nil }
        guard case .scalar(let text, isPlain: true) = node.content, let value = Self.booleans[text.lowercased()] else {
            findings.error("'\(key)' of \(owner) must be true or false", at: node.mark)
            return nil
        }
        return value
    }

    /// Reads a list of single values. A single value in place of the list is an error that shows the list.
    func texts(_ key: String, findings: inout Findings) -> [Marked<String>] {
        guard let node = self[key] else { return [] }
        guard case .sequence(let items) = node.content else {
            findings.error(
                "'\(key)' of \(owner) must be a list, not \(node.kind)",
                at: node.mark,
                help: node.text.map { "write it as '- \($0)' on a line of its own" }
            )
            return []
        }
        return items.compactMap { item in
            guard let text = item.text else {
                findings.error(
                    "an item of '\(key)' of \(owner) must be a single value, not \(item.kind)",
                    at: item.mark
                )
                return nil
            }
            return Marked(text, at: item.mark)
        }
    }

    private static let booleans = [
        "true": true, "yes": true, "on": true, "y": true, "false": false, "no": false, "off": false, "n": false,
    ]
}
