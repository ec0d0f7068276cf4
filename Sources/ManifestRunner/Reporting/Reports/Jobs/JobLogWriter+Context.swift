internal import ProcessEnvironment
internal import SystemPackage

extension JobLogWriter {
    /// Creates what writes for the CI job that the environment tells of; nil where there is none, or where something else
    /// than its log is written to.
    convenience init?(context: RunContext, display: RunDisplay) {
        let environment = context.environment
        let (writer, lanes, format) = (display.writer, display.lanes, display.format)
        let hasBlocks = display.order == .grouped
        guard format != .json else { return nil }
        let write: @Sendable (PhaseKind?, String) -> Void = { phase, text in
            // Lines with a name before them would be no marks.
            guard hasBlocks, let lane = phase.flatMap({ lanes?.lane(of: $0) }) else {
                return writer.writeLines(text, to: .standardOutput)
            }
            lane.writeLines(text, to: .standardOutput)
        }
        if environment["GITHUB_ACTIONS"] == "true", RunnerOutput.isRead {
            let workspace = environment.nonEmpty("GITHUB_WORKSPACE")
            let current = context.currentDirectory
            self.init(
                log: .gitHub,
                folds: format == .plain,
                annotates: true,
                hasBlocks: hasBlocks,
                path: { Self.path($0, from: current, in: workspace) },
                write: write
            )
        } else if environment["GITLAB_CI"] == "true", format == .plain, RunnerOutput.isRead || RunnerOutput.isShared {
            self.init(
                log: .gitLab,
                folds: true,
                annotates: false,
                hasBlocks: hasBlocks,
                path: { $0 },
                write: write
            )
        } else {
            return nil
        }
    }

    /// Returns a path relative to the repository's folder on the runner, where it is in there.
    static func path(_ path: String, from directory: String, in workspace: String?) -> String {
        let absolute = FilePath(directory).pushing(FilePath(path)).lexicallyNormalized()
        guard let workspace else { return path }
        var rest = absolute
        return rest.removePrefix(FilePath(workspace).lexicallyNormalized()) ? rest.string : absolute.string
    }
}
