/// Reads manifests: text → nodes → ``Manifest``, with all findings at once.
package enum ManifestLoader {
    /// Returns what a text holds. Nothing is thrown: what is wrong is among the findings.
    package static func load(_ source: SourceText) -> LoadedManifest {
        var findings = Findings()
        var manifest: Manifest?
        do throws(YAMLFailure) {
            guard !source.bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
                throw YAMLFailure(
                    message: "the manifest is empty",
                    mark: nil,
                    help: "give it a 'deploy', 'test' or 'destroy' section"
                )
            }
            let root = try YAMLComposer.compose(source.bytes)
            manifest = ManifestDecoder.decode(root, findings: &findings)
        } catch {
            findings.error(error.message, at: error.mark, help: error.help)
        }
        return LoadedManifest(
            source: source,
            manifest: findings.hasErrors ? nil : manifest,
            diagnostics: findings.sorted
        )
    }
}
