/// Writes findings as compilers do: place, message, the line, a caret and what to do.
package struct DiagnosticRenderer: Sendable {
    private let source: SourceText
    /// A line longer than this many code points is shown as a window around the caret.
    private let window = 160

    /// Creates a renderer for findings about `source`.
    package init(source: SourceText) {
        self.source = source
    }

    /// Returns the findings as text, each followed by a newline; after `limit` of them only their number.
    package func render(_ diagnostics: [Diagnostic], limit: Int = 100) -> String {
        var result = diagnostics.prefix(limit).map { render($0) }.joined()
        if diagnostics.count > limit {
            result +=
                "\(PrintableText.escaped(source.path)): \(diagnostics.count - limit) more findings are not shown\n"
        }
        return result
    }

    /// Returns one finding as text that ends with a newline.
    package func render(_ diagnostic: Diagnostic) -> String {
        var result = place(diagnostic.severity.rawValue, diagnostic.message, diagnostic.mark)
        for related in diagnostic.related {
            result += place("note", related.message, related.mark)
        }
        if let help = diagnostic.help {
            result += "help: \(PrintableText.escaped(help))\n"
        }
        return result
    }

    private func place(_ kind: String, _ message: String, _ mark: SourceMark) -> String {
        let path = PrintableText.escaped(source.path)
        let heading = "\(path):\(mark.line):\(mark.column): \(kind): \(PrintableText.escaped(message))\n"
        guard let line = source.line(mark.line), !line.isEmpty else { return heading }
        return heading + snippet(of: Array(String(decoding: line, as: UTF8.self).unicodeScalars), mark)
    }

    /// Returns the line, or a window of it, and a line with the caret under the marked code points.
    private func snippet(of line: [Unicode.Scalar], _ mark: SourceMark) -> String {
        let column = min(mark.column - 1, line.count)
        let start = line.count > window ? max(0, column - window / 2) : 0
        let end = min(line.count, start + window)
        var text = start > 0 ? "…" : ""
        var caret = start > 0 ? " " : ""
        for index in start..<end {
            // A tab stays one, in both lines, so that the caret is right whatever the width of tabs is.
            let shown = line[index] == "\t" ? "\t" : PrintableText.escaped(line[index])
            text += shown
            if index < column {
                caret += line[index] == "\t" ? "\t" : String(repeating: " ", count: shown.unicodeScalars.count)
            } else if index < column + mark.length {
                let underline = String(repeating: "~", count: shown.unicodeScalars.count)
                caret += index == column ? "^" + underline.dropFirst() : underline
            }
        }
        if column >= end { caret += "^" }
        return text + (end < line.count ? "…" : "") + "\n" + caret + "\n"
    }
}
