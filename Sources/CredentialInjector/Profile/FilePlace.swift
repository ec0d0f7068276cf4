/// A place in a file of the user's, as compilers write it.
package struct FilePlace: Sendable, Hashable, CustomStringConvertible {
    /// The file's path.
    package let path: String
    /// The line, counted from 1.
    package let line: Int
    /// The column, counted from 1 in Unicode code points.
    package let column: Int

    /// Creates a place.
    package init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }

    package var description: String { "\(DisplayText.clean(path)):\(line):\(column)" }
}
