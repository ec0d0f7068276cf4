/// What teardown removes of what setup made, and what it leaves.
package struct TeardownPlan: Sendable, Hashable {
    /// The steps, in their order; the role goes last, because it leads to all the rest when this is broken off.
    package let steps: [SetupStep]
    /// What stays and why, in words.
    package let left: [String]

    /// Compares what setup's tags say with what is there.
    package init(_ state: TeardownState, role name: String) {
        var steps: [SetupStep] = []
        var left: [String] = []
        var deletesRole = false
        if let role = state.role {
            (steps, deletesRole) = Self.role(role, state, &left)
        } else {
            left.append("there is no role \(name)")
        }
        for provider in state.providers {
            steps += Self.provider(provider, state, &left)
        }
        if deletesRole { steps.append(.deleteRole(name)) }
        self.steps = steps
        self.left = left
    }

    private static func role(
        _ role: IAMRole,
        _ state: TeardownState,
        _ left: inout [String]
    ) -> ([SetupStep], Bool) {
        let policies = SetupTags.policies(role.tags).filter { state.attached.contains($0) }
        let inline = [role.tags[SetupTags.inlinePolicy]].compactMap { $0 }.filter { state.inlinePolicies.contains($0) }
        var steps: [SetupStep] = policies.map { .detachPolicy($0, role: role.name) }
        steps += inline.map { .deletePolicy(name: $0, role: role.name) }
        let others =
            state.attached.filter { !policies.contains($0) } + state.inlinePolicies.filter { !inline.contains($0) }
        guard SetupTags.isCreated(role.tags) else {
            let keys = role.tags.keys.filter { $0.hasPrefix("okteto-run:") }.sorted()
            if !keys.isEmpty { steps.append(.untagRole(role.name, keys: keys)) }
            left.append("role \(role.name), which setup did not create, with its trust policy")
            return (steps, false)
        }
        guard others.isEmpty else {
            left.append(
                "role \(role.name), because others gave it policies: \(others.joined(separator: ", ")); "
                    + "remove them and run this again"
            )
            return (steps, false)
        }
        return (steps, true)
    }

    private static func provider(
        _ provider: IAMIdentityProvider,
        _ state: TeardownState,
        _ left: inout [String]
    ) -> [SetupStep] {
        guard let users = state.otherRoles[provider.arn] else {
            left.append("\(provider.arn), because it cannot be told whether other roles use it (iam:ListRoles)")
            return []
        }
        if SetupTags.isCreated(provider.tags) {
            guard users.isEmpty else {
                let names = users.map(\.name).joined(separator: ", ")
                left.append("\(provider.arn), because other roles use it: \(names)")
                return []
            }
            return [.deleteProvider(provider.arn)]
        }
        var steps: [SetupStep] = []
        var isAudienceLeft = false
        for audience in SetupTags.audiences(provider.tags) where provider.clientIDs.contains(audience) {
            let text = JSONValue.string(audience).compact
            if let user = users.first(where: { $0.trustPolicy.contains(text) }) {
                left.append("audience \(audience) of \(provider.arn), because role \(user.name) uses it")
                isAudienceLeft = true
            } else {
                steps.append(.removeAudience(audience, provider: provider.arn))
            }
        }
        let keys = provider.tags.keys.filter { $0.hasPrefix("okteto-run:") }.sorted()
        if !keys.isEmpty, !isAudienceLeft { steps.append(.untagProvider(provider.arn, keys: keys)) }
        left.append("\(provider.arn), which setup did not create")
        return steps
    }
}
