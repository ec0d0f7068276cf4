/// A node of a YAML document, with the place where it begins. Scalars keep their text: nothing is resolved to numbers,
/// booleans or dates, since Okteto reads `3.10` and `yes` as the text they are.
struct YAMLNode: Sendable {
    /// What the node holds.
    indirect enum Content: Sendable {
        /// A scalar; `isPlain` tells `null` from `"null"`.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// One entry of a mapping, in the order of the file.
    struct Entry: Sendable {
        let key: YAMLNode
        let value: YAMLNode
    }

    let content: Content
    let mark: SourceMark

    /// Whether this is YAML's null: a plain scalar that is empty, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The kind in the words of messages.
    var kind: String {
        switch content {
        case .scalar: isNull ? "null" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The text of a scalar; null is the empty text.
    var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return isNull ? "" : text
    }
}
