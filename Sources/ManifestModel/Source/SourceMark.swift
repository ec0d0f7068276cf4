/// A place in a source text.
package struct SourceMark: Sendable, Hashable, Comparable {
    /// The line, counted from 1.
    package let line: Int
    /// The column, counted from 1 in Unicode code points, as libyaml does.
    package let column: Int

    /// Creates a mark.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
