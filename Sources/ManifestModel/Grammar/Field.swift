/// One known key of a mapping.
package struct Field: Sendable {
    /// Whether a key must be there.
    package enum Need: Sendable, Hashable {
        /// It may be left out.
        case optional
        /// Only Okteto's schema asks for it.
        case schema
        /// It must be there: what is lacking otherwise, and what to do.
        case always(String, help: String)
    }

    /// The key.
    package let name: String
    /// What its value may be.
    package let shape: Shape
    /// Whether it must be there.
    package let need: Need
    /// Whether Okteto's schema does not know it.
    package let isParserOnly: Bool
    /// What it is for, as editors show it.
    package let summary: String

    /// Creates a field.
    package init(
        _ name: String,
        _ shape: Shape,
        _ summary: String,
        need: Need = .optional,
        isParserOnly: Bool = false
    ) {
        self.name = name
        self.shape = shape
        self.summary = summary
        self.need = need
        self.isParserOnly = isParserOnly
    }
}
