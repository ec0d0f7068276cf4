internal import ManifestModel
internal import YAMLSource

/// A manifest that was found and read, whatever was found about it.
struct ManifestFile: Sendable {
    let location: ManifestLocation
    let source: SourceText
    let loaded: LoadedManifest

    /// Finds and reads the manifest.
    ///
    /// - Throws: ``RunFailure`` when there is none, or it cannot be read.
    static func read(_ options: ManifestOptions, context: RunContext) throws -> ManifestFile {
        do throws(ManifestModelError) {
            let location =
                if let file = options.file {
                    try ManifestDiscovery.locate(file: file, from: context.currentDirectory)
                } else {
                    try ManifestDiscovery.discover(in: context.currentDirectory)
                }
            let source = try TextFile.manifest(at: location)
            return ManifestFile(location: location, source: source, loaded: ManifestLoader.load(source))
        } catch {
            throw RunFailure(status(of: error), error.message)
        }
    }

    /// Shows what was found; to a run only what matters to it: errors, and what was hardly meant.
    func showFindings(_ reporter: Reporter, areAllWanted: Bool = false) {
        let findings = loaded.diagnostics.filter { finding in
            areAllWanted || finding.severity != .notice && finding.rule != .oktetoSchema
        }
        guard !findings.isEmpty else { return }
        reporter.show(
            DiagnosticRenderer(source: source).render(findings),
            level: loaded.diagnostics.hasErrors ? .error : .warning
        )
    }

    /// What keeps phases from running; nil when nothing does.
    var failure: RunFailure? {
        let count = loaded.diagnostics.count { $0.severity == .error }
        guard count > 0 || loaded.manifest == nil else { return nil }
        return RunFailure(
            .invalidManifest,
            "the manifest \(location.shownPath) is not valid: \(count) \(count == 1 ? "error" : "errors")",
            hint: "nothing was run"
        )
    }

    /// Returns the exit status for a manifest that cannot be read.
    static func status(of error: ManifestModelError) -> ExitStatus {
        switch error.code {
        case .notFound, .isDirectory: .manifestNotFound
        case .unreadable: .ioError
        default: .invalidManifest
        }
    }
}
