import ManifestModel
import YAMLSource

/// Loads a manifest that is written in a test.
func load(_ text: String) -> LoadedManifest {
    ManifestLoader.load(SourceText(path: "okteto.yml", text: text))
}

/// Returns everything that a user would see about a manifest.
func findings(_ text: String) -> String {
    let source = SourceText(path: "okteto.yml", text: text)
    return DiagnosticRenderer(source: source).render(ManifestLoader.load(source).diagnostics)
}
