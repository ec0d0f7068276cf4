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
                help: "write at least one phase, such as 'deploy:'",
                rule: .missing
            )
            return LoadedManifest(manifest: nil, diagnostics: [empty])
        }
        let document = YAMLDocument.read(source)
        let findings = document.diagnostics
        guard let node = document.root, !node.isNull else {
            guard !findings.hasErrors else {
                return LoadedManifest(manifest: nil, diagnostics: findings.sortedByMark())
            }
            let warning = Diagnostic(
                .warning,
                "the manifest says nothing, which 'okteto validate' refuses",
                at: document.root?.mark ?? .start,
                help: "write at least one phase, such as 'deploy:'",
                rule: .oktetoSchema
            )
            return LoadedManifest(manifest: Manifest(), diagnostics: (findings + [warning]).sortedByMark())
        }
        let manifest = ManifestDecoder.decode(node)
        var all = findings + ShapeChecker.findings(in: node)
        if let manifest {
            all += DependencyValidation.findings(in: manifest.tests).map(\.diagnostic)
            all += BuildValidation.findings(in: manifest.builds)
            all += ExternalValidation.findings(in: manifest.externals)
        }
        return LoadedManifest(manifest: manifest, diagnostics: all.sortedByMark())
    }
}
