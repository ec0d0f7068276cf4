/// Shows the settings of an exchange, each with where it was set.
enum SettingsStep {
    /// Returns the step for settings that can work.
    static func step(of settings: CredentialSettings) -> CheckStep {
        CheckStep(
            "settings",
            settings.warnings.isEmpty ? .passed : .warning,
            "the first that is set counts: option, OKTETO_RUN_ variable, AWS_ variable, files",
            facts: facts(of: settings),
            notes: settings.warnings
        )
    }

    private static func facts(of settings: CredentialSettings) -> [CheckFact] {
        var facts = [
            CheckFact("role", settings.roleARN.value.text, origin: "\(settings.roleARN.origin)"),
            CheckFact("region", settings.region.value, origin: "\(settings.region.origin)"),
            CheckFact("endpoint", settings.endpoint.value.url, origin: endpointOrigin(settings)),
            settings.audience.map { CheckFact("audience", $0.value, origin: "\($0.origin)") }
                ?? CheckFact("audience", "any", origin: "\(SettingOrigin.standard)"),
            CheckFact(
                "token source",
                "\(settings.tokenSource.value)",
                origin: "\(settings.tokenSource.origin)"
            ),
            CheckFact("session name", settings.sessionName.value, origin: "\(settings.sessionName.origin)"),
            settings.duration.map { CheckFact("duration", "\($0.value) s", origin: "\($0.origin)") }
                ?? CheckFact("duration", "as STS gives it, usually 3600 s", origin: "\(SettingOrigin.standard)"),
        ]
        if let policy = settings.sessionPolicy {
            facts.append(CheckFact("session policy", policy.value, origin: "\(policy.origin)"))
        }
        if let policies = settings.policyARNs {
            let list = policies.value.joined(separator: ", ")
            facts.append(CheckFact("managed policies", list, origin: "\(policies.origin)"))
        }
        if let accounts = settings.allowedAccounts {
            let list = accounts.value.joined(separator: ", ")
            facts.append(CheckFact("allowed accounts", list, origin: "\(accounts.origin)"))
        }
        if let authorities = settings.authorities {
            facts.append(CheckFact("authorities", authorities.value, origin: "\(authorities.origin)"))
        }
        facts.append(CheckFact("attempts", "at most \(settings.maximumAttempts)"))
        return facts
    }

    private static func endpointOrigin(_ settings: CredentialSettings) -> String {
        settings.endpoint.origin == .standard ? "from the region" : "\(settings.endpoint.origin)"
    }
}
