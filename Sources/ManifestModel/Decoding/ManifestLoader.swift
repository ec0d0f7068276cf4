package import YAMLSource

/// Reads manifests.
package enum ManifestLoader {
    /// Returns the manifest of a text with all findings about it; whatever the text is, nothing is thrown.
    ///
    /// An empty text is an error; one with comments only is an empty manifest.
    package static func load(_ source: SourceText) -> LoadedManifest {
        guard source.bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
            let empty = Diagnostic(
                .error,
                "the manifest is empty",
                at: .start,
                help: "write at least one phase, such as 'deploy:'"
            )
            return LoadedManifest(manifest: nil, diagnostics: [empty])
        }
        let document = YAMLDocument.read(source)
        let findings = document.diagnostics
        guard let node = document.root, !node.isNull else {
            let manifest = findings.hasErrors ? nil : Manifest()
            return LoadedManifest(manifest: manifest, diagnostics: findings.sortedByMark())
        }
        var context = DecodingContext(diagnostics: findings)
        let manifest = ManifestDecoder.decode(node, &context)
        if let manifest {
            context.diagnostics += DependencyValidation.findings(in: manifest.tests).map(\.diagnostic)
        }
        return LoadedManifest(manifest: manifest, diagnostics: context.diagnostics.sortedByMark())
    }
}
