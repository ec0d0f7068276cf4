internal import ArgumentParser
internal import CredentialInjector

/// `okteto-run aws trust-policy`.
struct AWSTrustPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust-policy",
        abstract: "Print the trust policy of a role for an issuer, an audience and a subject.",
        discussion: """
            It is the policy of step 2 of Okteto's guide. Nothing is asked and nothing is changed.

            Example:
              okteto-run aws trust-policy --account 112233445566 --issuer https://oidc.example.com/id/A1B2 \\
                --audience okteto.example.com/us-east-2 --subject system:serviceaccount:okteto:okteto
            """
    )

    @OptionGroup var trust: TrustOptions
    @OptionGroup var admin: AdminOptions

    func run() async throws {
        try await AnsweringRun.execute { context, reporter in
            let template = try trust.template()
            guard let account = try AdminAccess.checked(account: admin.account) else {
                throw RunFailure(.usage, "--account is missing", hint: "give the 12 digits of the role's account")
            }
            for warning in SubjectRisk.warnings(of: template) { reporter.say(.warning, warning) }
            let partition = try AdminAccess.partition(admin.access, environment: context.environment)
            let provider = template.provider(partition: partition, account: account)
            reporter.report(template.policy(provider: provider).text)
            return .success
        }
    }
}
