/// A node of a YAML document; aliases and merge keys are resolved.
package struct YAMLNode: Sendable {
    /// What a node is.
    package enum Content: Sendable {
        /// A text.
        case scalar(YAMLScalar)
        /// A list.
        case sequence([YAMLNode])
        /// Keys with their values, each key once.
        case mapping([YAMLEntry])
    }

    /// What the node is.
    package let content: Content
    /// Where the node stands; for an aliased one, where the anchor is.
    package let mark: SourceMark
    /// The explicit tag, in full (`tag:yaml.org,2002:str`), or nil.
    package let tag: String?
    /// How many nodes there are in it, itself included.
    package let weight: Int
    /// How many collections are nested in it, itself included.
    let height: Int

    /// Creates a node.
    package init(_ content: Content, at mark: SourceMark, tag: String? = nil) {
        self.content = content
        self.mark = mark
        self.tag = tag
        switch content {
        case .scalar:
            weight = 1
            height = 0
        case .sequence(let items):
            var (weight, height) = (1, 0)
            for item in items {
                weight += item.weight
                height = max(height, item.height)
            }
            (self.weight, self.height) = (weight, height + 1)
        case .mapping(let entries):
            var (weight, height) = (1, 0)
            for entry in entries {
                weight += entry.weight
                height = max(height, entry.value.height)
            }
            (self.weight, self.height) = (weight, height + 1)
        }
    }

    /// Whether the node is null: written so, or left empty.
    package var isNull: Bool {
        guard case .scalar(let scalar) = content else { return false }
        if let tag { return tag == YAMLTag.null }
        // Most texts are longer; this is asked of every value, more than once.
        guard scalar.style == .plain, scalar.text.utf8.count <= 4 else { return false }
        switch scalar.text {
        case "", "~", "null", "Null", "NULL": return true
        default: return false
        }
    }

    /// The truth value of a plain scalar by the words of YAML 1.1; nil when it is none.
    package var boolean: Bool? {
        guard case .scalar(let scalar) = content, scalar.style == .plain, scalar.text.utf8.count <= 5 else {
            return nil
        }
        if let tag, tag != YAMLTag.bool { return nil }
        switch scalar.text {
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return true
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return false
        default: return nil
        }
    }

    /// What a message calls the node.
    package var kindName: String {
        switch content {
        case .scalar: isNull ? "empty" : "a text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
