internal import ArgumentParser
internal import ManifestModel
internal import YAMLSource

/// `okteto-run validate`.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the manifest and show every finding; nothing is run, and no network is used.",
        discussion: """
            Examples:
              okteto-run validate
              okteto-run validate -f services/api/okteto.yml
            """
    )

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let context = RunContext.ofProcess()
        let reporter = context.makeReporter(output.logOutput)
        do {
            let source = try ManifestSource.load(manifest, context: context, reporter: reporter)
            for section in source.manifest.sections { reporter.say(.info, section.notice.message) }
            reporter.say(.success, "\(source.location.shownPath) is valid")
        } catch let failure as RunFailure {
            reporter.say(.error, failure.message, hint: failure.hint)
            throw ExitCode(failure.status.code)
        }
    }
}
