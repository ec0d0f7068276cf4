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

            The file may have the policy alone, or what 'aws iam get-role' prints. Nothing is exchanged.

            Examples:
              aws iam get-role --role-name okteto-credentials > role.json
              okteto-run aws explain --trust-policy role.json
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
            guard let path = trustPolicy else {
                throw RunFailure(
                    .usage,
                    "--trust-policy is missing",
                    hint:
                        "aws iam get-role --role-name \(settings.roleARN.value.path.split(separator: "/").last ?? "") > role.json, and give role.json"
                )
            }
            let policy = try policy(at: path)
            let token = try await token(settings, reporter)
            let request = try TrustRequest(token: token, settings: settings, now: Date())
            let explanation = TrustEvaluator.explain(policy, request)
            switch form {
            case .text: reporter.report(explanation.lines.joined(separator: "\n"))
            case .json: reporter.report(explanation.json.text)
            }
            return explanation.verdict == .allowed ? .success : .credentialsRefused
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
