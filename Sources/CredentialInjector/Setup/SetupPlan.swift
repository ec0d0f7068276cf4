/// What is still to be done in an account until it has what was asked for.
package struct SetupPlan: Sendable, Hashable {
    /// The steps, in their order.
    package let steps: [SetupStep]
    /// The identity provider's ARN.
    package let provider: String
    /// The role's ARN.
    package let role: String
    /// What is dangerous or odd, in words.
    package let warnings: [String]

    /// Compares what is asked for with what is there.
    ///
    /// - Throws: ``CredentialError`` when the existing role's policy cannot be read.
    package init(
        _ request: SetupRequest,
        partition: String,
        account: String,
        state: SetupState
    ) throws(CredentialError) {
        provider = request.trust.provider(partition: partition, account: account)
        role = state.role?.arn ?? "arn:\(partition):iam::\(account):role/\(request.role)"
        var warnings = SubjectRisk.warnings(of: request.trust)
        let providerSteps = Self.providerSteps(request, provider, state.provider)
        let roleSteps: [SetupStep]
        if let role = state.role {
            roleSteps = try Self.changes(of: role, request, provider, state)
            if let wanted = request.maximumSessionDuration, let allowed = role.maximumSessionDuration, allowed < wanted {
                warnings.append("role \(role.name) allows sessions of at most \(allowed) s, and is left so")
            }
        } else {
            roleSteps = Self.creation(request, provider, isNewProvider: state.provider == nil)
        }
        steps = providerSteps + roleSteps
        self.warnings = warnings
    }

    /// Whether it changes something that was there before, so that somebody should be asked.
    package var changesExisting: Bool {
        let created = steps.contains { if case .createRole = $0 { true } else { false } }
        return steps.contains { step in
            switch step {
            case .createProvider, .createRole: false
            case .attachPolicy, .putPolicy, .tagRole: !created
            default: true
            }
        }
    }

    private static func providerSteps(
        _ request: SetupRequest,
        _ arn: String,
        _ existing: IAMIdentityProvider?
    ) -> [SetupStep] {
        guard !request.trust.isBuiltIn else { return [] }
        guard let existing else {
            return [
                .createProvider(
                    url: request.trust.issuer.text,
                    arn: arn,
                    audiences: request.trust.audiences,
                    thumbprints: request.thumbprints,
                    tags: [SetupTags.created: SetupTags.creator]
                )
            ]
        }
        let missing = request.trust.audiences.filter { !existing.clientIDs.contains($0) }
        // The tags come first: of what was broken off in between, teardown must know.
        let tags =
            SetupTags.isCreated(existing.tags) ? [:] : SetupTags.forAudiences(missing, beside: existing.tags)
        var steps: [SetupStep] = tags.isEmpty ? [] : [.tagProvider(arn, tags: tags)]
        steps += missing.map { .addAudience($0, provider: arn) }
        let known = Set(existing.thumbprints.map { $0.lowercased() })
        let added = request.thumbprints.filter { !known.contains($0) }
        if !added.isEmpty { steps.append(.setThumbprints(existing.thumbprints + added, provider: arn)) }
        return steps
    }

    private static func creation(_ request: SetupRequest, _ provider: String, isNewProvider: Bool) -> [SetupStep] {
        var tags = [SetupTags.created: SetupTags.creator]
        tags.merge(SetupTags.forPolicies(request.policies)) { first, _ in first }
        if request.inlinePolicy != nil { tags[SetupTags.inlinePolicy] = SetupRequest.inlinePolicyName }
        let create = SetupStep.createRole(
            name: request.role,
            trust: request.trust.policy(provider: provider),
            maximumSessionDuration: request.maximumSessionDuration,
            tags: tags,
            afterNewProvider: isNewProvider && !request.trust.isBuiltIn
        )
        return [create] + request.policies.map { .attachPolicy($0, role: request.role) }
            + (request.inlinePolicy.map { [Self.put($0, over: nil, request.role)] } ?? [])
    }

    private static func changes(
        of role: IAMRole,
        _ request: SetupRequest,
        _ provider: String,
        _ state: SetupState
    ) throws(CredentialError) -> [SetupStep] {
        var steps: [SetupStep] = []
        let trust = try PolicyDocument(json: Array(role.trustPolicy.utf8), of: "the trust policy of role \(role.name)")
        if let changed = trust.trusting(request.trust.statement(provider: provider), provider: provider) {
            steps.append(.changeTrust(role: role.name, from: trust, to: changed))
        }
        let missing = request.policies.filter { !state.attached.contains($0) }
        var tags = SetupTags.forPolicies(missing, beside: role.tags)
        var putting: [SetupStep] = []
        if let wanted = request.inlinePolicy, state.inlinePolicy.map({ wanted.isEquivalent(to: $0) }) != true {
            putting = [put(wanted, over: state.inlinePolicy, role.name)]
            if state.inlinePolicy == nil, role.tags[SetupTags.inlinePolicy] == nil {
                tags[SetupTags.inlinePolicy] = SetupRequest.inlinePolicyName
            }
        }
        if !tags.isEmpty { steps.append(.tagRole(role.name, tags: tags)) }
        return steps + missing.map { .attachPolicy($0, role: role.name) } + putting
    }

    private static func put(_ policy: PolicyDocument, over old: PolicyDocument?, _ role: String) -> SetupStep {
        .putPolicy(name: SetupRequest.inlinePolicyName, role: role, from: old, to: policy)
    }
}
