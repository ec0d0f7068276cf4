/// How a scalar is taken.
package struct ScalarShape: Sendable {
    /// The kinds of scalars.
    package enum Kind: Sendable {
        /// Any text.
        case text
        /// A text of a format.
        case formatted(TextFormat)
        /// One of some words, or an empty text.
        case words([String])
        /// A truth value, without quotes.
        case boolean
        /// A whole number, without quotes.
        case integer
    }

    /// The kind.
    package let kind: Kind
    /// Whether variables in it are expanded, so that a `${` must be closed.
    package let isExpanded: Bool
    /// Whether Okteto's schema takes no scalar here.
    package var isParserOnly: Bool
    /// Whether Okteto's schema takes numbers and truth values as well as texts.
    package var takesAnyType = false
    /// The format that Okteto's schema asks for, where that is narrower than what its parser takes.
    package let oktetoFormat: TextFormat?
    /// The words that Okteto's schema knows, where its parser takes more.
    package let oktetoWords: [String]?

    /// Creates the shape of a scalar.
    package init(
        _ kind: Kind,
        isExpanded: Bool = false,
        isParserOnly: Bool = false,
        oktetoFormat: TextFormat? = nil,
        oktetoWords: [String]? = nil
    ) {
        self.kind = kind
        self.isExpanded = isExpanded
        self.isParserOnly = isParserOnly
        self.oktetoFormat = oktetoFormat
        self.oktetoWords = oktetoWords
    }

    /// What a value must be, for messages.
    var name: String {
        switch kind {
        case .text, .formatted: "a text"
        case .words(let words): words.map { "'\($0)'" }.joined(separator: " or ")
        case .boolean: "true or false"
        case .integer: "a whole number"
        }
    }
}
