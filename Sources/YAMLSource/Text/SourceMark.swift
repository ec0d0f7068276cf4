/// A place in a source text: where something starts and how far it goes on that line.
package struct SourceMark: Sendable, Hashable {
    /// The line, counted from 1.
    package let line: Int
    /// The column, counted from 1 in Unicode code points.
    package let column: Int
    /// How many code points of the line belong to the place; at least 1.
    package let length: Int

    /// Creates a mark; a length below 1 becomes 1.
    package init(line: Int, column: Int, length: Int = 1) {
        self.line = line
        self.column = column
        self.length = max(1, length)
    }

    /// The first place of a text.
    package static let start = SourceMark(line: 1, column: 1)
}

extension SourceMark: Comparable {
    /// Orders marks as they appear in the text.
    package static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column, left.length) < (right.line, right.column, right.length)
    }
}
