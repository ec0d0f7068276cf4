extension SetupStep {
    /// Does it.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    func perform(with client: IAMClient) async throws(CredentialError) {
        switch self {
        case .createProvider(let url, let arn, let audiences, let thumbprints, let tags):
            let made = try await client.createIdentityProvider(
                url: url,
                clientIDs: audiences,
                thumbprints: thumbprints,
                tags: tags
            )
            guard made == arn else {
                throw CredentialError(
                    .response,
                    "IAM made the provider as \(made), and not as \(arn)",
                    nextStep: "check the account (--account), and delete the provider that is not wanted"
                )
            }
        case .addAudience(let audience, let provider): try await client.addClientID(audience, toProvider: provider)
        case .setThumbprints(let values, let provider):
            try await client.setThumbprints(values, ofProvider: provider)
        case .tagProvider(let provider, let tags): try await client.tagProvider(provider, tags)
        case .createRole(let name, let trust, let seconds, let tags, let isAfterNewProvider):
            _ = try await client.createRole(
                named: name,
                trustPolicy: trust.compact,
                description: Self.description,
                maximumSessionDuration: seconds,
                tags: tags,
                afterNewProvider: isAfterNewProvider
            )
        case .changeTrust(let role, _, let policy): try await client.setTrustPolicy(policy.compact, ofRole: role)
        case .tagRole(let role, let tags): try await client.tagRole(role, tags)
        case .attachPolicy(let policy, let role): try await client.attachPolicy(policy, toRole: role)
        case .putPolicy(let name, let role, _, let policy):
            try await client.putInlinePolicy(name, document: policy.compact, toRole: role)
        case .detachPolicy(let policy, let role): try await client.detachPolicy(policy, fromRole: role)
        case .deletePolicy(let name, let role): try await client.deleteInlinePolicy(name, ofRole: role)
        case .untagRole(let role, let keys): try await client.untagRole(role, keys)
        case .removeAudience(let audience, let provider):
            try await client.removeClientID(audience, fromProvider: provider)
        case .untagProvider(let provider, let keys): try await client.untagProvider(provider, keys)
        case .deleteProvider(let provider): try await client.deleteIdentityProvider(provider)
        case .deleteRole(let role): try await client.deleteRole(role)
        }
    }
}
