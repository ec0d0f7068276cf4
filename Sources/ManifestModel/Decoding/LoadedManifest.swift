package import YAMLSource

/// What came of reading a manifest.
package struct LoadedManifest: Sendable, Hashable {
    /// The manifest; nil when the text is no YAML or not a mapping.
    ///
    /// It may be incomplete when there are errors.
    package let manifest: Manifest?
    /// All findings, in the order of the text; with an error among them nothing may run.
    package let diagnostics: [Diagnostic]
}
