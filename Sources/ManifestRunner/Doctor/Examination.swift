internal import ContainerExec
internal import CredentialInjector
internal import ManifestModel
internal import ProcessEnvironment

/// Looks at everything that a run needs, one thing after the other; what is wrong with one does not end it.
struct Examination: Sendable {
    let manifest: ManifestOptions
    let engine: EngineOption
    let credentials: CredentialOptionGroup
    let context: RunContext
    let reporter: Reporter

    /// Returns what was found, in the order in which a run would come upon it.
    ///
    /// - Throws: an error of cancellation alone.
    func run() async throws -> [Finding] {
        let (manifest, needs) = ManifestExamination(options: manifest, context: context).run()
        var findings = [
            ProgramExamination.run(),
            FolderExamination(environment: context.environment).run(),
            ShellExamination(environment: context.environment).run(isNeeded: engine == .shell || needs.shell),
            manifest,
        ]
        let engines = EngineExamination(choice: engine, environment: context.environment)
        findings.append(try await engines.run(isNeeded: needs.engine))
        findings += try await credentialFindings()
        return findings
    }

    private func credentialFindings() async throws -> [Finding] {
        let settings: CredentialSettings?
        do {
            settings =
                credentials.noCredentials
                ? nil
                : try CredentialSettings.resolve(
                    options: credentials.options,
                    environment: context.environment,
                    phase: "doctor"
                )
        } catch {
            let status = RunFailure(error).status
            return [Finding(CheckStep("settings", error), status: status)]
        }
        guard let settings else {
            let step = CheckStep(
                "settings",
                .skipped,
                "no role is configured: phases run without credentials",
                nextStep: "set --role-arn, OKTETO_RUN_ROLE_ARN or AWS_ROLE_ARN where they are to have some"
            )
            return [Finding(step)]
        }
        let report = try await CredentialSurvey(settings: settings, onSecrets: reporter.conceal).run()
        let status = report.failure.map { RunFailure($0).status }
        return report.steps.map { Finding($0, status: $0.outcome == .failed ? status : nil) }
    }
}
