internal import ContainerExec
internal import ManifestModel
internal import Synchronization
internal import YAMLSource

/// Brings a test's artifacts into its folder, once, however its commands ended.
final class ArtifactExport: Sendable {
    /// Copies one artifact; nil when there is nothing at its path.
    typealias Fetch =
        @Sendable (
            _ artifact: Artifact, _ target: ExtractionTarget
        ) async throws(ContainerExecError) -> ExtractionSummary?

    private let phase: PlannedPhase
    private let reporter: Reporter
    private let fetch: Fetch
    private let isDone = Mutex(false)

    init(_ phase: PlannedPhase, reporter: Reporter, fetch: @escaping Fetch) {
        self.phase = phase
        self.reporter = reporter
        self.fetch = fetch
    }

    /// Brings the artifacts; an artifact that does not exist is a warning, as tests do not fail by it in Okteto.
    ///
    /// `status` is how the commands ended, nil when they were cancelled or could not be run: where that is a failure
    /// already, an artifact that cannot be brought is said and does not hide it.
    ///
    /// - Throws: ``ContainerExecError`` when an artifact cannot be brought after commands that all succeeded.
    func run(after status: ExitStatus?) async throws {
        let isFirst = isDone.withLock { isDone in
            defer { isDone = true }
            return !isDone
        }
        guard isFirst, !phase.artifacts.isEmpty else { return }
        reporter.begin(stage: "\(phase.kind)")
        try await reporter.step(.artifacts) { try await bring(after: status) }
    }

    private func bring(after status: ExitStatus?) async throws {
        var first: ContainerExecError?
        for artifact in phase.artifacts {
            do throws(ContainerExecError) {
                try await bring(artifact)
            } catch {
                if first == nil, status == .success {
                    first = ContainerExecError(error.code, text(artifact, error), hint: error.hint)
                } else {
                    reporter.say(.error, text(artifact, error), hint: error.hint)
                }
            }
        }
        if let first { throw first }
    }

    private func bring(_ artifact: Artifact) async throws(ContainerExecError) {
        let target = try ExtractionTarget(folder: phase.directory, path: artifact.destination)
        guard let summary = try await fetch(artifact, target) else {
            let isPattern = artifact.path.contains { "*?[".contains($0) }
            return reporter.say(
                .warning,
                "the artifact \(PrintableText.quoted(artifact.path)) of \(phase.kind) does not exist",
                hint: isPattern ? "an artifact is a file or a folder: patterns are not expanded" : nil
            )
        }
        for note in summary.notes { reporter.say(.warning, "artifact \(PrintableText.quoted(artifact.path)): \(note)") }
        let count = summary.files + summary.links
        reporter.record(
            .artifact(
                phase.kind,
                ArtifactRecord(
                    path: artifact.path,
                    destination: Self.path(of: target),
                    files: count,
                    bytes: summary.bytes
                )
            )
        )
        guard count > 0 else { return }
        let size = ByteCount.text(summary.bytes)
        let place = artifact.destination == artifact.path ? "" : " to \(PrintableText.quoted(artifact.destination))"
        reporter.say(
            .info,
            "artifact \(PrintableText.quoted(artifact.path)) copied\(place): \(count) \(count == 1 ? "file" : "files"), \(size)"
        )
    }

    private static func path(of target: ExtractionTarget) -> String {
        ([target.folder] + target.names.map { String(decoding: $0, as: UTF8.self) }).joined(separator: "/")
    }

    private func text(_ artifact: Artifact, _ error: ContainerExecError) -> String {
        "the artifact \(PrintableText.quoted(artifact.path)) of \(phase.kind) was not brought: \(error.message)"
    }
}
