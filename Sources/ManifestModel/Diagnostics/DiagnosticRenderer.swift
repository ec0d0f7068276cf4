/// Lays findings out as compilers do: place, message, the line, a caret, and what to do.
package struct DiagnosticRenderer: Sendable {
    private let source: SourceText

    /// Creates a renderer for the findings about one source.
    package init(source: SourceText) {
        self.source = source
    }

    /// Returns the findings' text, each beginning on a line of its own, in the order of their places.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined()
    }

    private func render(_ diagnostic: Diagnostic) -> String {
        var place = source.path
        if let mark = diagnostic.mark { place += ":\(mark.line):\(mark.column)" }
        var text = "\(place): \(diagnostic.severity.rawValue): \(Self.printable(diagnostic.message))\n"
        if let mark = diagnostic.mark, let line = source.line(mark.line) {
            text += snippet(line, column: mark.column)
        }
        if let help = diagnostic.help { text += "  help: \(Self.printable(help))\n" }
        return text
    }

    /// The widest part of a line that is shown; minified files have lines of a megabyte.
    private static let width = 120

    private func snippet(_ line: String, column: Int) -> String {
        let scalars = Array(line.unicodeScalars)
        let start = column > Self.width ? column - Self.width / 2 : 0
        let shown = scalars.dropFirst(start).prefix(Self.width)
        let text = String(String.UnicodeScalarView(shown.map { $0 == "\t" ? "\t" : Self.printable($0) }))
        // Tabs are repeated below, so that the caret stands under its column however wide they are.
        let indent = shown.prefix(max(0, column - 1 - start)).map { $0 == "\t" ? "\t" : " " }.joined()
        return "    \(text)\n    \(indent)^\n"
    }

    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(printable)))
    }

    /// Control characters of a hostile file must not reach the terminal.
    private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
            ? "\u{FFFD}" : scalar
    }
}
