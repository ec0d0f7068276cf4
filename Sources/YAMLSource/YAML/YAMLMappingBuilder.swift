/// Collects the entries of a mapping: refuses keys that are set twice, and resolves merge keys.
struct YAMLMappingBuilder {
    private var items: [YAMLEntry] = []
    private var merged: [Bool] = []
    /// Where each key is; of few keys it is found faster by looking at all.
    private var positions: [String: Int] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    private static let few = 16

    var entries: [YAMLEntry] { items }

    /// Adds a key with its value and returns how many nodes a merge copied.
    ///
    /// - Throws: ``YAMLError`` when the key is no scalar, or a merge is not of mappings. A key that is set twice is
    ///   a finding; its first value stays.
    mutating func add(_ key: YAMLNode, _ value: YAMLNode) throws(YAMLError) -> Int {
        guard case .scalar(let scalar) = key.content else {
            throw YAMLError("a key must be a text, not \(key.kindName)", at: key.mark)
        }
        if key.tag == YAMLTag.merge || (scalar.text == "<<" && scalar.style == .plain && key.tag == nil) {
            return try merge(value)
        }
        let entry = YAMLEntry(key: scalar.text, mark: key.mark, value: value)
        guard let position = position(of: scalar.text) else {
            append(entry, merged: false)
            return 0
        }
        if merged[position] {
            // What the mapping says itself wins over what it merges, wherever that stands.
            items[position] = entry
            merged[position] = false
            return 0
        }
        diagnostics.append(
            Diagnostic(
                .error,
                "the key \(PrintableText.quoted(scalar.text)) is set twice",
                at: key.mark,
                help: "remove one of them, or join their values",
                related: [.init(message: "it is set here first", mark: items[position].mark)],
                rule: .duplicateKey
            )
        )
        return 0
    }

    /// Takes over the entries of a mapping, or of several of which the first that has a key wins.
    private mutating func merge(_ value: YAMLNode) throws(YAMLError) -> Int {
        var copied = 0
        switch value.content {
        case .mapping(let entries):
            for entry in entries where position(of: entry.key) == nil {
                append(entry, merged: true)
                copied += entry.weight
            }
        case .sequence(let items):
            for item in items {
                guard case .mapping = item.content else { throw notMergeable(item) }
                copied += try merge(item)
            }
        case .scalar:
            guard value.isNull else { throw notMergeable(value) }
        }
        return copied
    }

    private mutating func append(_ entry: YAMLEntry, merged isMerged: Bool) {
        items.append(entry)
        merged.append(isMerged)
        if items.count == Self.few {
            for (index, item) in items.enumerated() { positions[item.key] = index }
        } else if items.count > Self.few {
            positions[entry.key] = items.count - 1
        }
    }

    private func position(of key: String) -> Int? {
        items.count < Self.few ? items.firstIndex { $0.key == key } : positions[key]
    }

    private func notMergeable(_ node: YAMLNode) -> YAMLError {
        YAMLError(
            "only a mapping, or a list of mappings, can be merged with '<<', not \(node.kindName)",
            at: node.mark
        )
    }
}
