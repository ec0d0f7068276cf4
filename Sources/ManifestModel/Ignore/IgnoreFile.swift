package import YAMLSource

/// A `.oktetoignore` file: patterns for all phases, then sections for some.
package struct IgnoreFile: Sendable, Hashable {
    /// The findings about patterns that can't be used; each is a warning and the pattern is passed over.
    package let diagnostics: [Diagnostic]
    private var sections: [String: [IgnorePattern]] = [:]

    /// Creates the file of a text.
    ///
    /// A line `[deploy]`, `[destroy]`, `[test]` or `[test.NAME]` begins a section; a line that begins with `#` is a
    /// comment. Sections of other names are never used, as in Okteto. The older `.oktetodeployignore` has no sections:
    /// a line in brackets is a pattern there.
    package init(_ source: SourceText, hasSections: Bool = true) {
        var diagnostics: [Diagnostic] = []
        var section = ""
        // By bytes, because CR LF is one character of a string.
        for (number, bytes) in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = String(decoding: bytes, as: UTF8.self)
            let trimmed = Self.trimmed(line[...])
            let isBracketed = trimmed.utf8.first == UInt8(ascii: "[") && trimmed.utf8.last == UInt8(ascii: "]")
            if hasSections, isBracketed, trimmed.utf8.count > 1 {
                section = String(trimmed.unicodeScalars.dropFirst().dropLast())
                continue
            }
            guard let first = trimmed.utf8.first, first != UInt8(ascii: "#") else { continue }
            if let pattern = Self.pattern(trimmed) {
                sections[section, default: []].append(pattern)
            } else {
                let mark = SourceMark(line: number + 1, column: 1, length: line.unicodeScalars.count)
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        "the pattern \(PrintableText.quoted(trimmed)) is malformed and ignores nothing",
                        at: mark,
                        help: "close '[', put something after '!' and '\\', or escape them with '\\'"
                    )
                )
            }
        }
        self.diagnostics = diagnostics
    }

    /// Returns the rules for `deploy` or `destroy`.
    package func rules(for phase: PhaseKind) -> IgnoreRules {
        rules(["", phase.rawValue])
    }

    /// Returns the rules for the test of a name.
    package func rules(forTest name: String) -> IgnoreRules {
        rules(["", "test", "test." + name])
    }

    private func rules(_ names: [String]) -> IgnoreRules {
        IgnoreRules(names.flatMap { sections[$0] ?? [] })
    }

    private static func pattern(_ line: String) -> IgnorePattern? {
        let isInclusion = line.utf8.first == UInt8(ascii: "!")
        let text = isInclusion ? trimmed(line.dropFirst()) : line
        guard !text.isEmpty else { return nil }
        let clean = PathText.clean(text)
        let isAbsolute = clean.utf8.count > 1 && clean.utf8.first == UInt8(ascii: "/")
        return IgnorePattern(isAbsolute ? String(clean.unicodeScalars.dropFirst()) : clean, isInclusion: isInclusion)
    }

    private static func trimmed(_ line: Substring) -> String {
        var scalars = line.unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }
}
