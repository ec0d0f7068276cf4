/// How a mapping is taken.
package struct MappingShape: Sendable {
    /// What may be in a mapping.
    package enum Content: Sendable {
        /// Whatever is there.
        case anything
        /// Any names, with values of one shape.
        case entries(ShapeBox)
        /// Known keys, each with its own shape.
        case fields(FieldsShape)
    }

    /// What may be in it.
    package let content: Content
    /// What a value must be, for messages.
    let name: String
    /// Whether Okteto's schema takes no mapping here.
    package var isParserOnly: Bool

    /// Creates the shape of a mapping.
    package init(_ content: Content, name: String = "a mapping", isParserOnly: Bool = false) {
        self.content = content
        self.name = name
        self.isParserOnly = isParserOnly
    }
}
