internal import ArgumentParser
internal import CredentialInjector
internal import ProcessEnvironment

/// `okteto-run aws setup`.
struct AWSSetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Create the identity provider and the role that phases assume, with your own credentials.",
        discussion: """
            These are the steps 1 and 2 of Okteto's guide. What is there already is left as it is, so running it again \\
            changes nothing, and one that was broken off goes on. Before it changes what was there, it shows how, and \\
            asks; --yes is the answer where nobody can be asked. Your credentials come from AWS_ACCESS_KEY_ID and its \\
            like or from a profile; phases never get them.

            Examples:
              okteto-run aws setup --issuer https://oidc.example.com/id/A1B2 \\
                --audience okteto.example.com/us-east-2 --subject system:serviceaccount:okteto:okteto \\
                --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
              okteto-run aws setup --dry-run --account 112233445566 --issuer https://oidc.example.com/id/A1B2 \\
                --audience okteto.example.com/us-east-2 --subject system:serviceaccount:okteto:okteto
            """
            .replacing("\\\n", with: "")
    )

    @Option(help: ArgumentHelp("The role's name.", valueName: "name"))
    var roleName: String?

    @OptionGroup var trust: TrustOptions

    @Option(help: ArgumentHelp("A managed policy that the role gets. Repeatable.", valueName: "arn"))
    var policyArn: [String] = []

    @Option(help: ArgumentHelp("A file with a policy, as JSON, that becomes part of the role.", valueName: "path"))
    var policyFile: String?

    @Option(
        help: ArgumentHelp(
            "The SHA-1 fingerprint of the authority of an issuer that no public one signed. Repeatable.",
            valueName: "hex"
        )
    )
    var thumbprint: [String] = []

    @Option(help: ArgumentHelp("The longest session that a new role allows: 1h to 12h.", valueName: "duration"))
    var maxSession: DurationArgument?

    @OptionGroup var admin: AdminOptions
    @OptionGroup var change: ChangeOptions

    mutating func validate() throws {
        try OptionVariables.fill(&roleName, "role-name")
        try OptionVariables.fill(&policyArn, "policy-arn", needsValue: false)
        try OptionVariables.fill(&policyFile, "policy-file")
        try OptionVariables.fill(&thumbprint, "thumbprint", needsValue: false)
        try OptionVariables.fill(&maxSession, "max-session")
    }

    func run() async throws {
        try await AnsweringRun.execute { context, reporter in
            let request = try request()
            let account: AccountState
            do {
                account = try await AccountState.read(request, admin, context, reporter)
            } catch let error as CredentialError where error.kind == .settings && change.dryRun {
                account = try AccountState.assumingNothing(admin, context, reporter, because: error)
            }
            let plan = try SetupPlan(
                request,
                partition: account.partition,
                account: account.number,
                state: account.state
            )
            for warning in plan.warnings { reporter.say(.warning, warning) }
            let run = ChangeRun(
                options: change,
                commandOptions: admin.commandOptions,
                client: account.client,
                reporter: reporter
            )
            return try await run.execute(
                plan.steps,
                isRisky: plan.changesExisting,
                outcome: [("account", account.number), ("provider", plan.provider), ("role", plan.role)],
                notes: plan.warnings,
                summary: { done in summary(done, plan) }
            )
        }
    }

    private func request() throws -> SetupRequest {
        try SetupRequest(
            trust: trust.template(),
            role: roleName ?? "okteto-credentials",
            policies: policyArn,
            inlinePolicy: policyFile.map { path in
                guard let file = try? RegularFile.read(path, limit: 64 << 10) else {
                    throw RunFailure(.ioError, "\(path) cannot be read", hint: "give the path of a policy in JSON")
                }
                return try PolicyDocument(json: file.bytes, of: path)
            },
            thumbprints: thumbprint,
            maximumSessionDuration: maxSession?.seconds
        )
    }

    private func summary(_ done: Int, _ plan: SetupPlan) -> (message: String, hint: String?) {
        let hint = """
            export OKTETO_RUN_ROLE_ARN=\(plan.role)
            export OKTETO_RUN_AUDIENCE=\(trust.audience.first ?? "")
            okteto-run credentials check
            """
        let message = done == 0 ? "role \(plan.role) is as it should be" : "role \(plan.role) can be assumed"
        return (message, hint)
    }
}
