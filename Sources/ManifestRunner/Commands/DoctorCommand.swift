internal import ArgumentParser
internal import CredentialInjector

/// `okteto-run doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at everything that a run needs, and say what to do about what is missing.",
        discussion: """
            Looked at are the program, the folders, the local shell, the manifest, the engines and their sockets, and \
            for the credentials the settings, the token, the way to STS and the clocks. Nothing is run and nothing is \
            exchanged: 'okteto-run credentials check' does the latter.

            The exit status is the one that a run would end with; 0 where nothing is in its way.

            Examples:
              okteto-run doctor
              okteto-run doctor --engine podman --format json
            """
    )

    @OptionGroup var manifest: ManifestOptions

    @Option(help: "Where phases are to run: auto, shell, docker or podman.")
    var engine: EngineOption?

    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup

    @Option(help: "The form of the answer: text or json.")
    var format: AnswerFormat?

    mutating func validate() throws {
        try OptionVariables.fill(&engine, "engine")
        try OptionVariables.fill(&format, "format")
    }

    func run() async throws {
        let form = format ?? .text
        try await AnsweringRun.execute { context, reporter in
            let examination = Examination(
                manifest: manifest,
                engine: engine ?? .auto,
                credentials: credentials,
                context: context,
                reporter: reporter
            )
            let findings = try await examination.run()
            let status = findings.compactMap(\.status).first ?? .success
            let report = CheckReport(steps: findings.map(\.step), failure: nil)
            switch form {
            case .text: reporter.report(report.lines.joined(separator: "\n"))
            case .json: reporter.report(report.json(exitStatus: status.code).text)
            }
            return status
        }
    }
}
