internal import ProcessEnvironment
internal import SystemPackage

extension JobLogWriter {
    /// Creates what writes for the CI job that the environment tells of; nil where there is none, or where something else
    /// than its log is written to.
    convenience init?(context: RunContext, format: LogOutput, writer: OutputWriter) {
        let environment = context.environment
        let write: @Sendable (PhaseKind?, String) -> Void = { writer.writeLines($1, to: .standardOutput) }
        guard format != .json else { return nil }
        if environment["GITHUB_ACTIONS"] == "true", RunnerOutput.isRead {
            let workspace = environment.nonEmpty("GITHUB_WORKSPACE")
            let current = context.currentDirectory
            self.init(
                log: .gitHub,
                folds: format == .plain,
                annotates: true,
                path: { Self.path($0, from: current, in: workspace) },
                write: write
            )
        } else if environment["GITLAB_CI"] == "true", format == .plain, RunnerOutput.isRead || RunnerOutput.isShared {
            self.init(log: .gitLab, folds: true, annotates: false, path: { $0 }, write: write)
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
