/// A line of an INI file, taken apart by the rules that Python's `configparser` has, and so the AWS CLI.
struct INILine {
    /// The text between the white space at its ends.
    let text: Substring.UnicodeScalarView
    /// How many code points stand before the text.
    let indentation: Int
    /// The line's number, counted from 1.
    let number: Int

    init(_ line: Substring.UnicodeScalarView, number: Int) {
        let start = line.firstIndex { !Self.isSpace($0) } ?? line.endIndex
        var end = line.endIndex
        while end > start, Self.isSpace(line[line.index(before: end)]) { end = line.index(before: end) }
        text = line[start..<end]
        indentation = line.distance(from: line.startIndex, to: start)
        self.number = number
    }

    /// Whether the whole line is a comment; one behind a value is part of the value.
    var isComment: Bool { text.first == "#" || text.first == ";" }

    /// The name of the section that the line begins; nil when it begins none.
    ///
    /// What follows the last bracket counts for nothing.
    var header: String? {
        guard text.first == "[", let end = text.lastIndex(of: "]") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end]
        return name.isEmpty ? nil : String(name)
    }

    /// The key and the value of the line; nil when it has no `=` or `:`, or nothing before it.
    var pair: (key: String, value: String)? {
        guard let delimiter = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
        return pair(at: delimiter)
    }

    /// The key and the value of a line below another; nil when it has no `=`.
    var nestedPair: (key: String, value: String)? {
        text.firstIndex(of: "=").flatMap(pair(at:))
    }

    private func pair(at delimiter: Substring.UnicodeScalarView.Index) -> (key: String, value: String)? {
        let key = INILine(text[..<delimiter], number: number).text
        let value = INILine(text[text.index(after: delimiter)...], number: number).text
        return key.isEmpty ? nil : (String(key), String(value))
    }

    /// Returns whether Python's `str.isspace` holds for a code point.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
}
