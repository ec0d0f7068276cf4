internal import ManifestModel
internal import YAMLSource

/// What the ignore files leave out of a phase's workspace.
struct PhaseIgnoreRules: Sendable {
    let phase: PlannedPhase
    /// Who shows what is wrong; nil where that is shown elsewhere.
    let reporter: Reporter?

    /// Reads the files and shows what is wrong with their patterns.
    ///
    /// - Throws: ``RunFailure`` when a file that is there cannot be read.
    func load() throws -> IgnoreRules {
        let file = try read("\(phase.directory)/.oktetoignore", shownAs: ".oktetoignore")
        switch phase.kind {
        case .deploy: return (file?.rules(for: .deploy) ?? .none).preceded(by: try older())
        case .destroy: return (file?.rules(for: .destroy) ?? .none).preceded(by: try older())
        case .test(let name): return file?.rules(forTest: name) ?? .none
        }
    }

    /// The file of Okteto's earlier versions, for deploy and destroy.
    private func older() throws -> IgnoreRules {
        let name = ".oktetodeployignore"
        guard let file = try read("\(phase.root)/\(name)", shownAs: name, hasSections: false) else { return .none }
        reporter?.say(.warning, "\(name) is deprecated", hint: "write its patterns into .oktetoignore")
        return file.rules(for: phase.kind == .deploy ? .deploy : .destroy)
    }

    private func read(_ path: String, shownAs name: String, hasSections: Bool = true) throws -> IgnoreFile? {
        do throws(ManifestModelError) {
            guard let source = try TextFile.ifPresent(path, shownAs: name) else { return nil }
            let file = IgnoreFile(source, hasSections: hasSections)
            if !file.diagnostics.isEmpty {
                reporter?.show(DiagnosticRenderer(source: source).render(file.diagnostics), level: .warning)
            }
            return file
        } catch {
            throw RunFailure(.ioError, error.message)
        }
    }
}
