internal import ArgumentParser
internal import CredentialInjector
internal import FoundationEssentials
internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// `okteto-run aws explain`.
struct AWSExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a role's trust policy lets a token in or not, condition by condition.",
        discussion: """
            The policy is evaluated as IAM does it, for the token that a phase would get. For each condition the \
            answer has what the policy expects, what the token has, and the nearest change that would help. The \
            exit status is 0 where the policy allows, and 77 where it does not, or that cannot be told here.

            The file may have the policy alone, or what 'aws iam get-role' prints. Without a file, IAM is asked for \
            the role's policy and the identity provider, with your own AWS_ACCESS_KEY_ID and so on, which must be \
            allowed iam:GetRole and iam:GetOpenIDConnectProvider. Nothing is exchanged.

            Examples:
              aws iam get-role --role-name okteto-credentials > role.json
              okteto-run aws explain --trust-policy role.json
              okteto-run aws explain --role-arn arn:aws:iam::112233445566:role/okteto-credentials
            """
    )

    @Option(help: ArgumentHelp("The file with the role's trust policy, as JSON.", valueName: "path"))
    var trustPolicy: String?

    @OptionGroup(title: "Credentials") var credentials: CredentialOptionGroup

    @Option(help: "The form of the answer: text or json.")
    var format: AnswerFormat?

    mutating func validate() throws {
        try OptionVariables.fill(&trustPolicy, "trust-policy")
        try OptionVariables.fill(&format, "format")
    }

    func run() async throws {
        let form = format ?? .text
        try await AnsweringRun.execute { context, reporter in
            let settings = try credentials.settings(context, for: "explain")
            let token = try await token(settings, reporter)
            let request = try TrustRequest(token: token, settings: settings, now: Date())
            let explanation: TrustExplanation
            if let trustPolicy {
                explanation = TrustEvaluator.explain(try policy(at: trustPolicy), request)
            } else {
                let client = try await client(settings, context, reporter)
                let role = try await RoleInspection(settings: settings).fetch(client)
                explanation = try await role.explain(request)
                for note in role.notes { reporter.say(.warning, note) }
            }
            switch form {
            case .text: reporter.report(explanation.lines.joined(separator: "\n"))
            case .json: reporter.report(explanation.json.text)
            }
            return explanation.isAllowed ? .success : .credentialsRefused
        }
    }

    /// Asks with the caller's own credentials, which must be of the role's account.
    private func client(
        _ settings: CredentialSettings,
        _ context: RunContext,
        _ reporter: Reporter
    ) async throws(CredentialError) -> IAMClient {
        let account = settings.roleARN.value.account
        let options = AdminAccess.Options(region: settings.region.value, account: account.isEmpty ? nil : account)
        do {
            let access = try await AdminAccess.open(options, environment: context.environment) { secrets in
                reporter.conceal(secrets)
            }
            return access.client
        } catch {
            guard error.code == .ownCredentials else { throw error }
            throw CredentialError(
                .ownCredentials,
                "there is neither --trust-policy nor credentials of your own to ask IAM for the role's",
                nextStep: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of somebody who may call iam:GetRole and "
                    + "iam:GetOpenIDConnectProvider, or give --trust-policy the output of 'aws iam get-role'"
            )
        }
    }

    private func policy(at path: String) throws -> TrustPolicy {
        let text: SourceText
        do throws(ManifestModelError) {
            text = try TextFile.read(path, shownAs: path, limit: 1 << 20)
        } catch {
            throw RunFailure(.ioError, error.message)
        }
        return try TrustPolicy(text.bytes, from: path)
    }

    /// Gets the token as an exchange would; what is odd about it is told, and is no reason not to explain.
    private func token(_ settings: CredentialSettings, _ reporter: Reporter) async throws -> IdentityToken {
        let source = settings.makeTokenSource()
        let token = try IdentityToken(try await source.fetch(), from: source.name)
        reporter.conceal(token.secrets)
        do throws(CredentialError) {
            let expectation = TokenExpectation(audience: settings.audience)
            for warning in try TokenCheck.check(token, expecting: expectation, now: Date()) {
                reporter.say(.warning, warning)
            }
        } catch {
            reporter.say(.warning, "an exchange would not even send this token: \(error.message)", hint: error.nextStep)
        }
        return token
    }
}
