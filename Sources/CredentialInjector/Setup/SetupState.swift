/// What an account has of what setup is to make.
package struct SetupState: Sendable, Hashable {
    /// The issuer's identity provider.
    package var provider: IAMIdentityProvider?
    /// The role.
    package var role: IAMRole?
    /// The managed policies that are attached to the role.
    package var attached: [String] = []
    /// The role's own policy of setup's name.
    package var inlinePolicy: PolicyDocument?

    /// An account that has nothing of it.
    package static let nothing = SetupState()

    /// Asks IAM; nothing is changed.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package static func read(
        for request: SetupRequest,
        provider: String,
        from client: IAMClient
    ) async throws(CredentialError) -> SetupState {
        var state = SetupState()
        if !request.trust.isBuiltIn { state.provider = try await client.identityProvider(arn: provider) }
        state.role = try await client.role(named: request.role)
        guard state.role != nil else { return state }
        if !request.policies.isEmpty { state.attached = try await client.attachedPolicies(ofRole: request.role) }
        if request.inlinePolicy != nil,
            let text = try await client.inlinePolicy(SetupRequest.inlinePolicyName, ofRole: request.role)
        {
            state.inlinePolicy = try PolicyDocument(json: Array(text.utf8), of: "the role's policy of IAM's answer")
        }
        return state
    }
}
