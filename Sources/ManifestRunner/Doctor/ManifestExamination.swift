internal import CredentialInjector
internal import ManifestModel
internal import YAMLSource

/// The manifest, and what its phases need.
struct ManifestExamination: Sendable {
    let options: ManifestOptions
    let context: RunContext

    /// What a manifest's phases run in.
    struct Needs: Sendable {
        var engine = false
        var shell = false
    }

    /// Returns what was found, and what the phases need; that there is no manifest is in nobody's way yet.
    func run() -> (Finding, Needs) {
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
            let isMissing = error.code == .notFound && options.file == nil
            let step = CheckStep(
                "manifest",
                isMissing ? .warning : .failed,
                error.message,
                nextStep: isMissing ? "'okteto-run init' writes a first one" : nil
            )
            return (Finding(step, status: isMissing ? nil : ManifestSource.status(of: error)), Needs())
        }
        let loaded = ManifestLoader.load(source)
        let errors = loaded.diagnostics.count { $0.severity == .error }
        guard let manifest = loaded.manifest, errors == 0 else {
            let step = CheckStep(
                "manifest",
                .failed,
                "\(location.shownPath) is not valid: \(errors) \(errors == 1 ? "error" : "errors")",
                nextStep: "'okteto-run validate' shows each with its place"
            )
            return (Finding(step, status: .invalidManifest), Needs())
        }
        return (Finding(step(of: manifest, at: location)), needs(of: manifest))
    }

    private func step(of manifest: Manifest, at location: ManifestLocation) -> CheckStep {
        let phases = [("deploy", manifest.deploy), ("destroy", manifest.destroy)]
        var facts = phases.compactMap { name, phase in
            phase.flatMap { $0.commands.isEmpty ? nil : CheckFact(name, Self.count($0.commands.count, "command")) }
        }
        if !manifest.tests.isEmpty {
            facts.append(CheckFact("tests", manifest.tests.map(\.name.value).joined(separator: ", ")))
        }
        return CheckStep("manifest", .passed, "\(location.shownPath) is valid", facts: facts)
    }

    private func needs(of manifest: Manifest) -> Needs {
        var needs = Needs(engine: !manifest.tests.isEmpty)
        for phase in [manifest.deploy, manifest.destroy].compactMap(\.self) where !phase.commands.isEmpty {
            if phase.image != nil || phase.remote == true { needs.engine = true } else { needs.shell = true }
        }
        return needs
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
