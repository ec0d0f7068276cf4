internal import ProcessEnvironment

extension CredentialSettings {
    /// The most managed policies that STS takes.
    private static let maximumPolicies = 10

    /// Returns the managed policies that the session is narrowed by, or nil.
    static func policyARNs(
        _ options: CredentialOptions,
        _ reader: SettingsReader
    ) throws(CredentialError) -> Setting<[String]>? {
        let list = try list(options.policyARNs, .policyARNs, reader)
        guard let list else { return nil }
        guard list.value.count <= maximumPolicies else {
            throw CredentialError(
                .settings,
                "there are \(list.value.count) managed policies (\(list.origin)), and STS takes \(maximumPolicies)",
                nextStep: "give fewer, or put what they say into --session-policy"
            )
        }
        for policy in list.value where !isPolicyARN(policy) {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(policy, limit: 200))' (\(list.origin)) is not the ARN of a managed policy",
                nextStep: "give it as arn:aws:iam::aws:policy/NAME or arn:aws:iam::ACCOUNT:policy/NAME"
            )
        }
        return list
    }

    /// Returns the accounts whose roles may be assumed, or nil when any will do.
    static func allowedAccounts(
        _ options: CredentialOptions,
        _ reader: SettingsReader,
        isLocal: Bool
    ) throws(CredentialError) -> Setting<[String]>? {
        let list = try list(options.allowedAccounts, .allowedAccounts, reader)
        guard let list else { return nil }
        for account in list.value where !isAccount(account, isLocal: isLocal) {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(account, limit: 40))' (\(list.origin)) is not the number of an account",
                nextStep: "give its 12 digits"
            )
        }
        return list
    }

    /// The values of an option that can be repeated, or the words of its variable or field: between white space or commas.
    private static func list(
        _ values: [String],
        _ names: SettingNames,
        _ reader: SettingsReader
    ) throws(CredentialError) -> Setting<[String]>? {
        guard values.isEmpty else { return Setting(values, from: .option(names.option ?? "")) }
        guard let found = try reader.find(nil, names) else { return nil }
        let words = found.value.split { $0.isWhitespace || $0 == "," }.map(String.init)
        guard !words.isEmpty else {
            // As if nothing were set, the limit that was meant would be lifted.
            throw CredentialError(
                .settings,
                "\(found.origin) is set, and names nothing",
                nextStep: "name at least one in it, or take it away"
            )
        }
        return Setting(words, from: found.origin)
    }

    private static func isPolicyARN(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard (20...2048).contains(text.utf8.count), parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"),
            parts[2] == "iam", parts[3].isEmpty, parts[5].hasPrefix("policy/")
        else { return false }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && (parts[4] == "aws" || isAccount(String(parts[4]), isLocal: false))
    }

    private static func isAccount(_ text: String, isLocal: Bool) -> Bool {
        let isNumber = text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber || (isLocal && !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
}
