internal import ArgumentParser
internal import CredentialInjector

/// `okteto-run aws teardown`.
struct AWSTeardownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "teardown",
        abstract: "Remove what 'aws setup' made: the role, and the identity provider that nothing else uses.",
        discussion: """
            Setup tags what it makes, and nothing else is removed. A role that others gave policies to stays, and so
            does a provider that another role trusts; what stays is said.

            Example:
              okteto-run aws teardown --role-name okteto-credentials
            """
    )

    @Option(help: ArgumentHelp("The role's name.", valueName: "name"))
    var roleName: String?

    @Option(
        help: ArgumentHelp("The issuer whose provider goes, where there is no role to tell it.", valueName: "url")
    )
    var issuer: String?

    @OptionGroup var admin: AdminOptions
    @OptionGroup var change: ChangeOptions

    mutating func validate() throws {
        try OptionVariables.fill(&roleName, "role-name")
        try OptionVariables.fill(&issuer, "issuer")
    }

    func run() async throws {
        try await AnsweringRun.execute { context, reporter in
            let name = roleName ?? "okteto-credentials"
            try SetupRequest.check(role: name)
            let issuer = try issuer.map { try IssuerURL($0) }
            let access = try await AdminAccess.open(admin.access, environment: context.environment) { secrets in
                reporter.conceal(secrets)
            }
            if let caller = access.caller { reporter.say(.info, "account \(access.account), as \(caller.arn)") }
            let state = try await TeardownState.read(role: name, issuer: issuer, from: access.client)
            let plan = TeardownPlan(state, role: name)
            let run = ChangeRun(
                options: change,
                commandOptions: admin.commandOptions,
                client: access.client,
                reporter: reporter
            )
            let status = try await run.execute(
                plan.steps,
                isRisky: !plan.steps.isEmpty,
                outcome: [("account", access.account)],
                notes: plan.left,
                summary: { done in
                    (done == 0 ? "there was nothing of setup's to remove" : "removed what setup made", nil)
                }
            )
            for left in plan.left { reporter.say(.info, "not removed: \(left)") }
            return status
        }
    }
}
