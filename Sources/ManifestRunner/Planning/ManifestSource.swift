internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// The manifest of a run, found, read and checked.
struct ManifestSource: Sendable {
    let location: ManifestLocation
    let manifest: Manifest

    /// Finds and reads the manifest, and shows what was found about it.
    ///
    /// - Throws: ``RunFailure`` when there is none, it cannot be read, or it has errors.
    static func load(_ options: ManifestOptions, context: RunContext, reporter: Reporter) throws -> ManifestSource {
        let location: ManifestLocation
        let source: SourceText
        do throws(ManifestModelError) {
            location =
                if let file = options.file {
                    try ManifestDiscovery.locate(file: file, from: context.currentDirectory)
                } else {
                    try ManifestDiscovery.discover(in: context.currentDirectory)
                }
            source = try TextFile.manifest(at: location)
        } catch {
            throw RunFailure(ManifestSource.status(of: error), error.message)
        }
        let loaded = ManifestLoader.load(source)
        let findings = loaded.diagnostics.filter { $0.severity != .notice }
        if !findings.isEmpty {
            reporter.show(
                DiagnosticRenderer(source: source).render(findings),
                level: loaded.diagnostics.hasErrors ? .error : .warning
            )
        }
        guard let manifest = loaded.manifest, !loaded.diagnostics.hasErrors else {
            let count = loaded.diagnostics.count { $0.severity == .error }
            throw RunFailure(
                .invalidManifest,
                "the manifest \(location.shownPath) is not valid: \(count) \(count == 1 ? "error" : "errors")",
                hint: "nothing was run"
            )
        }
        return ManifestSource(location: location, manifest: manifest)
    }

    static func status(of error: ManifestModelError) -> ExitStatus {
        switch error.code {
        case .notFound, .isDirectory: .manifestNotFound
        case .unreadable: .ioError
        default: .invalidManifest
        }
    }
}
