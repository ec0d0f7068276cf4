/// A scalar as it is written: no type is made of its text, so `3.10` and `true` stay what they are.
struct YAMLScalar: Sendable {
    /// How a scalar is written.
    enum Style: Sendable {
        case plain
        case quoted
        case block
    }

    /// The text, with quotes, escapes and indentation resolved.
    let text: String
    let style: Style
}
