/// A scalar as it is written: no type is made of its text, so `3.10` and `true` stay what they are.
package struct YAMLScalar: Sendable {
    /// How a scalar is written.
    package enum Style: Sendable {
        /// Without quotes.
        case plain
        /// In single or double quotes.
        case quoted
        /// Over several lines, after `|` or `>`.
        case block
    }

    /// The text, with quotes, escapes and indentation resolved.
    package let text: String
    /// How the text is written.
    package let style: Style
}
