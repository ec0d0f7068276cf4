internal import ContainerExec
internal import ManifestModel

/// How artifacts come out of a phase, by where it ran.
enum PhaseArtifacts {
    /// Out of a container that lives; a folder that is mounted has those already that stay where they are.
    static func ofContainer(
        _ phase: PlannedPhase,
        _ container: PreparedContainer,
        _ engine: Engine,
        reporter: Reporter
    ) -> ArtifactExport {
        ArtifactExport(phase, reporter: reporter) { artifact, target throws(ContainerExecError) in
            if phase.workspace == .mount, let summary = try inPlace(artifact, target, phase) { return summary }
            guard !container.shell.hasEnded else {
                throw ContainerExecError(
                    .engineFailed,
                    "the container has ended and is gone, and everything in it",
                    hint: "was the shell killed, by a command or for want of memory?"
                )
            }
            return try await engine.download(path(of: artifact), from: container.id, into: target)
        }
    }

    /// Out of the phase's own folder, in which the local shell ran.
    static func ofFolder(_ phase: PlannedPhase, reporter: Reporter) -> ArtifactExport {
        ArtifactExport(phase, reporter: reporter) { artifact, target throws(ContainerExecError) in
            if let summary = try inPlace(artifact, target, phase) { return summary }
            return try await LocalCopy.copy(artifact.path, in: phase.directory, into: target)
        }
    }

    /// Nothing to do for an artifact that is there and stays where it is; nil for others.
    private static func inPlace(
        _ artifact: Artifact,
        _ target: ExtractionTarget,
        _ phase: PlannedPhase
    ) throws(ContainerExecError) -> ExtractionSummary? {
        let source = try ExtractionTarget(folder: phase.directory, path: artifact.path)
        guard source.names == target.names else { return nil }
        return LocalCopy.exists(artifact.path, in: phase.directory) ? ExtractionSummary() : nil
    }

    /// The path in the container, below the workspace even where it begins with a slash; no slash at its end, which
    /// engines give a meaning.
    private static func path(of artifact: Artifact) -> String {
        let parts = artifact.path.split(separator: "/").filter { $0 != "." }
        return ([ContainerSpecification.workspace] + parts.map(String.init)).joined(separator: "/")
    }
}
