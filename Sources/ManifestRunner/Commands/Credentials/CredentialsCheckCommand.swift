internal import ArgumentParser
internal import CredentialInjector
internal import ProcessEnvironment

/// `okteto-run credentials check`.
struct CredentialsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Get a token, verify it, exchange it, and say of each step what came of it.",
        discussion: """
            Shown are the settings and where each was set, the token's claims, whether its signature is the \
            issuer's, the assumed role and the session's end, and how far the clocks differ. Never shown are \
            the token and the credentials. A step that fails says what to change, and the steps that are still \
            possible go on.

            Examples:
              okteto-run credentials check
              okteto-run credentials check --format json --token-file /run/token
            """
    )

    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup

    @Option(help: "The form of the answer: text or json.")
    var format: AnswerFormat?

    mutating func validate() throws {
        try OptionVariables.fill(&format, "format")
    }

    func run() async throws {
        let form = format ?? .text
        try await AnsweringRun.execute { context, reporter in
            let report = try await check(context, reporter)
            let failure = report.failure.map { RunFailure($0) }
            let status = failure?.status ?? .success
            switch form {
            case .text: reporter.report(report.lines.joined(separator: "\n"))
            case .json: reporter.report(report.json(exitStatus: status.code).text)
            }
            return status
        }
    }

    private func check(_ context: RunContext, _ reporter: Reporter) async throws -> CheckReport {
        let settings: CredentialSettings
        do throws(CredentialError) {
            settings = try credentials.settings(context, for: "check")
        } catch {
            return CheckReport(settings: error)
        }
        let check = CredentialCheck(settings: settings) { event in
            // What was issued is in the answer.
            if case .issued(let credentials) = event { return reporter.conceal(credentials.secrets) }
            CredentialSupply.show(event, reporter)
        }
        return try await check.run()
    }
}
