extension TemporaryCredentials {
    /// What may be told of the credentials: never the key or the session's token.
    var facts: [CheckFact] {
        var facts = [
            CheckFact("assumed role", assumedRoleARN.isEmpty ? "(STS did not say)" : assumedRoleARN),
            CheckFact("until", "\(expirationText), \(lifetime.components.seconds) s from now"),
            CheckFact("access key", accessKeyID),
        ]
        if let provider { facts.append(CheckFact("provider", provider)) }
        if let subject { facts.append(CheckFact("subject", subject)) }
        if let audience { facts.append(CheckFact("audience", audience)) }
        if let sourceIdentity { facts.append(CheckFact("source identity", sourceIdentity)) }
        if let packedPolicySize {
            facts.append(CheckFact("packed policies", "\(packedPolicySize) % of what is allowed"))
        }
        return facts
    }
}
