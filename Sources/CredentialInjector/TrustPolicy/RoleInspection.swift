/// Asks IAM for what decides on a token: the role's trust policy and the account's identity provider.
package struct RoleInspection: Sendable {
    private let settings: CredentialSettings

    /// What IAM has.
    package struct Result: Sendable {
        let client: IAMClient
        let role: IAMRole
        let policy: TrustPolicy
        let duration: Int?

        /// What is odd about the role, though no trust policy is about it.
        package var notes: [String] {
            guard let duration, let most = role.maximumSessionDuration, duration > most else { return [] }
            return [
                "the session asked for (\(duration) s) is longer than the role allows (\(most) s): STS will refuse it"
            ]
        }

        /// Returns what provider and policy say to a request.
        ///
        /// - Throws: ``CredentialError`` when IAM does not tell of the provider.
        package func explain(_ request: TrustRequest) async throws(CredentialError) -> TrustExplanation {
            var explanation = TrustEvaluator.explain(policy, request)
            if !FederatedProvider.builtIn.contains(request.host) {
                let provider = try await client.identityProvider(arn: request.providerARN)
                explanation.provider = ProviderFinding(provider, request)
            }
            return explanation
        }
    }

    /// Creates an inspection of the role that the settings name; nothing is asked yet.
    package init(settings: CredentialSettings) {
        self.settings = settings
    }

    /// Returns the role and its policy.
    ///
    /// - Throws: ``CredentialError`` when the account has no such role, or IAM does not tell of it.
    package func fetch(_ client: IAMClient) async throws(CredentialError) -> Result {
        let arn = settings.roleARN.value
        let name = String(arn.path.split(separator: "/").last ?? "")
        guard let role = try await client.role(named: name) else {
            throw CredentialError(
                .refused,
                "the account of your credentials has no role \(name), so every token is refused",
                nextStep: "correct --role-arn (\(arn.text)), or create the role: okteto-run aws setup"
            )
        }
        guard role.arn == arn.text else {
            throw CredentialError(
                .settings,
                "your credentials are of the account that has \(DisplayText.clean(role.arn, limit: 300)), which is not "
                    + "the role \(arn.text) (\(settings.roleARN.origin))",
                nextStep: "use credentials of account \(arn.account), or correct the ARN, its path included"
            )
        }
        let policy = try TrustPolicy(Array(role.trustPolicy.utf8), from: "of role \(name)")
        return Result(client: client, role: role, policy: policy, duration: settings.duration?.value)
    }
}
