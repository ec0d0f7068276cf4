internal import YAMLSource

/// How decoders read what has been checked: whatever is not of its kind is as if it were not there.
extension YAMLNode {
    /// The text of a scalar as it is written, empty for null; nil for lists and mappings.
    var writtenText: String? {
        guard case .scalar(let scalar) = content else { return nil }
        return isNull ? "" : scalar.text
    }

    /// The entries of a mapping; empty for other nodes.
    var entries: [YAMLEntry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    /// Returns the text of a key with its mark; nil when it is not there or empty.
    func markedText(_ key: String) -> Marked<String>? {
        guard let value = self[key], let text = value.text, !text.isEmpty else { return nil }
        return Marked(text, at: value.mark)
    }

    /// Returns the text of a key; nil when it is not there or empty.
    func text(_ key: String) -> String? { markedText(key)?.value }

    /// Returns the truth value of a key.
    func boolean(_ key: String) -> Bool? { self[key]?.boolean }

    /// Returns the whole number of a key; of one with a fraction what is before the point.
    func integer(_ key: String) -> Int? {
        guard let value = self[key], let text = value.text else { return nil }
        switch value.scalarType {
        case .integer: return YAMLInteger.value(of: text)
        case .number: return Double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) }
        default: return nil
        }
    }

    /// Returns the texts of a key's list.
    func texts(_ key: String) -> [Marked<String>] {
        (self[key]?.items ?? []).compactMap { item in item.writtenText.map { Marked($0, at: item.mark) } }
    }

    /// Returns the texts of a key's list, or its only text.
    func textOrTexts(_ key: String) -> [Marked<String>] {
        markedText(key).map { [$0] } ?? texts(key)
    }

    /// Returns the names and texts of a key's mapping, or of its list of `NAME=VALUE`; a name alone has no value.
    func pairs(_ key: String) -> [NamedText] {
        guard let value = self[key] else { return [] }
        if let items = value.items {
            return items.compactMap { item in
                guard let text = item.writtenText else { return nil }
                guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                    return NamedText(name: text, value: nil, mark: item.mark)
                }
                let rest = text.utf8.index(after: equals)
                return NamedText(name: String(text[..<equals]), value: String(text[rest...]), mark: item.mark)
            }
        }
        return value.entries.map { entry in
            NamedText(name: entry.key, value: entry.value.text, mark: entry.mark)
        }
    }
}
