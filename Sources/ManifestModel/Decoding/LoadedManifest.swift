/// A manifest as it was read, with everything that was found about it.
package struct LoadedManifest: Sendable {
    /// The text it was read from.
    package let source: SourceText
    /// The manifest; nil when there is an error.
    package let manifest: Manifest?
    /// All findings, in the order of their places.
    package let diagnostics: [Diagnostic]

    /// Whether the manifest can be run.
    package var isValid: Bool { manifest != nil }
}
