internal import ManifestModel

/// The manifest of a run, found, read and checked.
struct ManifestSource: Sendable {
    let location: ManifestLocation
    let manifest: Manifest

    /// Finds and reads the manifest, and shows what was found about it.
    ///
    /// - Throws: ``RunFailure`` when there is none, it cannot be read, or it has errors.
    static func load(_ options: ManifestOptions, context: RunContext, reporter: Reporter) throws -> ManifestSource {
        let file = try ManifestFile.read(options, context: context)
        file.showFindings(reporter)
        if let failure = file.failure { throw failure }
        return ManifestSource(location: file.location, manifest: file.loaded.manifest ?? Manifest())
    }
}
