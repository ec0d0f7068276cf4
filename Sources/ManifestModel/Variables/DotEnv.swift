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
    /// - Throws: ``ManifestModelError`` when the text can't be expanded; its message shows nothing of the text.
    package static func parse(
        _ source: SourceText,
        expanding expander: VariableExpander
    ) throws(ManifestModelError)
        -> Contents
    {
        let text = String(decoding: source.bytes, as: UTF8.self)
        let expanded = try expander.expand(text, shownAs: PrintableText.quoted(source.path))
        return parse(SourceText(path: source.path, text: expanded))
    }
}
