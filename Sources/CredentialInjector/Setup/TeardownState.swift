/// What an account has of what setup may have made.
package struct TeardownState: Sendable, Hashable {
    /// The role.
    package var role: IAMRole?
    /// The managed policies that are attached to it.
    package var attached: [String] = []
    /// The names of the policies that are part of it.
    package var inlinePolicies: [String] = []
    /// The identity providers that the role trusts, and the one of the issuer that was named.
    package var providers: [IAMIdentityProvider] = []
    /// The other roles that trust each provider, by its ARN; a provider is missing where that may not be asked.
    package var otherRoles: [String: [IAMRole]] = [:]

    /// Asks IAM; nothing is changed.
    ///
    /// Without an issuer, the providers are those that the role's trust policy names.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked. That it does not let the caller list roles is
    ///   no error.
    package static func read(
        role name: String,
        issuer: IssuerURL?,
        from client: IAMClient
    ) async throws(CredentialError) -> TeardownState {
        var state = TeardownState()
        state.role = try await client.role(named: name)
        var providers: [String] = []
        if let role = state.role {
            state.attached = try await client.attachedPolicies(ofRole: name)
            state.inlinePolicies = try await client.inlinePolicies(ofRole: name)
            providers = Self.providers(in: role)
        }
        if let issuer {
            let known = try await client.identityProviderARNs()
            providers = known.filter { IAMIdentityProvider.issuer(inARN: $0) == issuer.hostAndPath }
        }
        for arn in providers {
            guard let provider = try await client.identityProvider(arn: arn) else { continue }
            state.providers.append(provider)
        }
        guard !state.providers.isEmpty else { return state }
        do {
            let others = try await client.roles().filter { $0.name != name }
            for provider in state.providers {
                state.otherRoles[provider.arn] = others.filter { Self.providers(in: $0).contains(provider.arn) }
            }
        } catch {
            guard error.kind == .refused else { throw error }
        }
        return state
    }

    private static func providers(in role: IAMRole) -> [String] {
        guard let policy = try? PolicyDocument(json: Array(role.trustPolicy.utf8), of: role.name) else { return [] }
        let names = policy.statements.flatMap { $0["Principal"]?["Federated"]?.scalarTexts ?? [] }
        return names.filter { IAMIdentityProvider.issuer(inARN: $0) != nil }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
