package import ProcessEnvironment
package import YAMLSource

/// Reads `.env` files and the file that `OKTETO_ENV` names.
///
/// The grammar is the one of Okteto's library, compose-spec/godotenv 1.1.1, except that a bad line voids only itself,
/// and that the word `export` counts only before a blank.
package enum DotEnv {
    /// What a file says.
    package struct Contents: Sendable, Hashable {
        /// The variables; of one that is set twice, the last value.
        package var variables: EnvironmentVariables = [:]
        /// The line, counted from 1, on which each variable was set last.
        package var lines: [String: Int] = [:]
        /// The lines that say nothing, in order.
        package var warnings: [DotEnvWarning] = []
    }

    /// Returns what a text says; a `$NAME` in a value is an earlier variable of the same text, or nothing.
    package static func parse(_ source: SourceText) -> Contents {
        var parser = DotEnvParser(source.bytes)
        return parser.contents()
    }

    /// Returns what a `.env` file says: the whole text is expanded first, comments and quotes included.
    ///
    /// Lines are counted in the file, whatever the expansion brings.
    ///
    /// - Throws: ``ManifestModelError`` when the text can't be expanded; its message shows nothing of the text.
    package static func parse(
        _ source: SourceText,
        expanding expander: VariableExpander
    ) throws(ManifestModelError)
        -> Contents
    {
        let shown = PrintableText.quoted(source.path)
        var expanded: [UInt8] = []
        // For each line of what is parsed, the file's own.
        var origins: [Int] = []
        let newline = UInt8(ascii: "\n")
        // No variable runs over the end of a line.
        for (index, line) in source.bytes.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            let text = try expander.expand(String(decoding: line, as: UTF8.self), shownAs: shown)
            if index > 0 { expanded.append(newline) }
            expanded += text.utf8
            guard expanded.count <= VariableExpander.limit else {
                throw ManifestModelError(
                    .expansion,
                    "cannot expand the variables of \(shown): the result is longer than 16 MiB"
                )
            }
            let count = text.utf8.count { $0 == newline } + 1
            origins += [Int](repeating: index + 1, count: count)
        }
        var contents = parse(SourceText(path: source.path, bytes: expanded))
        func origin(_ line: Int) -> Int { line <= origins.count ? origins[line - 1] : line }
        contents.lines = contents.lines.mapValues(origin)
        contents.warnings = contents.warnings.map { DotEnvWarning(line: origin($0.line), message: $0.message) }
        return contents
    }
}
