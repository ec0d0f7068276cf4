internal import ArgumentParser
internal import CredentialInjector
internal import ManifestModel
internal import YAMLSource

/// `okteto-run validate`.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the manifest and show every finding; nothing is run, and no network is used.",
        discussion: """
            An error is what Okteto's own parser refuses too; a warning is what Okteto runs, and only \
            'okteto validate' refuses, or what was hardly meant.

            Examples:
              okteto-run validate
              okteto-run validate -f services/api/okteto.yml
              okteto-run validate --format sarif > okteto.sarif
            """
    )

    @OptionGroup var manifest: ManifestOptions

    @Option(help: "The form of the findings: text, json, github (annotations of a workflow) or sarif.")
    var format: FindingFormat?

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        try OptionVariables.fill(&format, "format")
    }

    func run() async throws {
        let context = RunContext.ofProcess()
        let reporter = context.makeReporter(output.logOutput)
        var status = ExitStatus.success
        do {
            let file = try ManifestFile.read(manifest, context: context)
            if file.loaded.diagnostics.hasErrors { status = .invalidManifest }
            show(file, reporter)
        } catch let failure as RunFailure {
            status = failure.status
            let path = manifest.file ?? ManifestDiscovery.candidates[0]
            if !answer(FindingReport(path: path, failure: failure.message), reporter) {
                reporter.say(.error, failure.message, hint: failure.hint)
            }
        }
        if status == .success, reporter.lostOutput != nil { status = .ioError }
        guard status == .success else { throw ExitCode(status.code) }
    }

    private func show(_ file: ManifestFile, _ reporter: Reporter) {
        let loaded = file.loaded
        let notices = loaded.manifest.map { manifest in
            manifest.sections + (manifest.deploy?.unexecuted ?? [])
        }
        let findings = (loaded.diagnostics + (notices ?? []).map(\.notice)).sortedByMark()
        let path = file.location.shownPath
        guard !answer(FindingReport(path: path, findings: findings), reporter) else { return }
        file.showFindings(reporter, areAllWanted: true)
        if let failure = file.failure {
            reporter.say(.error, failure.message)
        } else {
            for notice in notices ?? [] { reporter.say(.info, notice.notice.message) }
            reporter.say(.success, "\(path) is valid")
        }
    }

    /// Answers in the form that was asked for; returns false for text, which is no answer but a report.
    private func answer(_ report: FindingReport, _ reporter: Reporter) -> Bool {
        switch format ?? .text {
        case .text: return false
        case .json: reporter.answer(report.json.text)
        case .sarif: reporter.answer(report.sarif.text)
        case .github:
            let commands = report.workflowCommands
            if !commands.isEmpty { reporter.answer(commands) }
        }
        return true
    }
}
