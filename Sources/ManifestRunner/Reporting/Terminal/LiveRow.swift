/// A row of what is redrawn on a terminal.
struct LiveRow: Sendable, Hashable {
    /// The text, with its colours.
    private(set) var text = ""
    /// How many columns it takes.
    private(set) var columns = 0
    private var plain = ""

    /// Adds text, escaped, and in a colour where one is given (ECMA-48, SGR).
    mutating func add(_ text: String, colour: String? = nil) {
        plain += text
        columns += DisplayWidth.columns(of: text)
        self.text += colour.map { "\u{1B}[\($0)m\(text)\u{1B}[0m" } ?? text
    }

    /// The row where it has at most so many columns, and its beginning without colours otherwise.
    func fitted(to limit: Int) -> LiveRow {
        columns <= limit ? self : LiveRow(DisplayWidth.fitted(plain, to: limit))
    }

    /// Creates an empty row.
    init() {}

    /// Creates a row of plain text.
    init(_ text: String) {
        add(text)
    }
}
