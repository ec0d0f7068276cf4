/// Rows below the output on a terminal, drawn, redrawn and taken away by control sequences (ECMA-48).
///
/// They stand below the line in which the output ends. The cursor is left at their end; nothing is remembered by the
/// terminal, neither a saved position nor a hidden cursor, so that there is nothing to restore however the program ends.
struct LiveBlock {
    /// The rows as they stand there; empty when nothing does.
    private(set) var rows: [LiveRow] = []
    /// The column in which the output's line above them ends; 0 when they stand in place of that line.
    private var column = 0
    /// Whether the terminal breaks its lines anew when it becomes narrower.
    private let reflows: Bool

    init(reflows: Bool) {
        self.reflows = reflows
    }

    /// Returns what takes the rows away and brings the cursor back to the end of the output.
    mutating func clear(columns: Int) -> String {
        guard !rows.isEmpty else { return "" }
        let height = height(columns: columns)
        rows = []
        var text = "\r" + Self.up(height - 1) + "\u{1B}[J"
        if column > 0 {
            let rest = columns > 0 ? column % columns : column
            text += Self.up(1) + (rest > 0 ? "\u{1B}[\(rest)C" : "")
        }
        return text
    }

    /// Returns what draws rows, none of which fills a line, below an output that ends in `column`.
    mutating func draw(_ rows: [LiveRow], below column: Int) -> String {
        self.rows = rows
        self.column = column
        guard !rows.isEmpty else { return "" }
        return (column > 0 ? "\r\n" : "") + rows.map(\.text).joined(separator: "\r\n")
    }

    /// Returns what puts rows in the place of those that stand there, without taking them away first, which could be seen.
    mutating func redraw(_ rows: [LiveRow], columns: Int) -> String {
        guard self.rows.allSatisfy({ $0.columns < columns }), !self.rows.isEmpty, !rows.isEmpty else {
            let column = column
            return clear(columns: columns) + draw(rows, below: column)
        }
        let text = "\r" + Self.up(self.rows.count - 1) + rows.map { $0.text + "\u{1B}[K" }.joined(separator: "\r\n")
        let isLower = rows.count < self.rows.count
        self.rows = rows
        return text + (isLower ? "\u{1B}[J" : "")
    }

    /// Forgets the rows: they have become part of what stands above.
    mutating func leave() {
        rows = []
    }

    /// How many rows of the screen they take now.
    private func height(columns: Int) -> Int {
        guard reflows, columns > 0 else { return rows.count }
        return rows.reduce(0) { $0 + max(($1.columns + columns - 1) / columns, 1) }
    }

    private static func up(_ count: Int) -> String {
        count > 0 ? "\u{1B}[\(count)A" : ""
    }
}
