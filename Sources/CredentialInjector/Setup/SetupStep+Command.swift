extension SetupStep {
    /// The same with the AWS CLI: `aws iam`, the operation and its options, as words that are not quoted.
    package var command: [String] {
        ["aws", "iam"] + words
    }

    private var words: [String] {
        switch self {
        case .createProvider(let url, _, let audiences, let thumbprints, let tags):
            let members: [JSONMember] = [
                JSONMember("Url", .string(url)), JSONMember("ClientIDList", Self.list(audiences)),
                JSONMember("ThumbprintList", Self.list(thumbprints)), JSONMember("Tags", Self.tagList(tags)),
            ]
            // Version 1 of the CLI fetches what begins with https:// in the place of the value.
            if audiences.contains(where: Self.looksLikeReference) {
                let isWanted: (JSONMember) -> Bool = { $0.value != .array([]) }
                let input = JSONValue.object(members.filter(isWanted)).compact
                return ["create-open-id-connect-provider", "--cli-input-json", input]
            }
            return ["create-open-id-connect-provider", "--url", url, "--client-id-list"] + audiences
                + (thumbprints.isEmpty ? [] : ["--thumbprint-list"] + thumbprints) + Self.tagWords(tags)
        case .addAudience(let audience, let provider):
            return Self.audience("add-client-id-to-open-id-connect-provider", audience, provider)
        case .removeAudience(let audience, let provider):
            return Self.audience("remove-client-id-from-open-id-connect-provider", audience, provider)
        case .setThumbprints(let values, let provider):
            return Self.provider("update-open-id-connect-provider-thumbprint", provider)
                + ["--thumbprint-list"] + values
        case .tagProvider(let provider, let tags):
            return Self.provider("tag-open-id-connect-provider", provider) + Self.tagWords(tags)
        case .untagProvider(let provider, let keys):
            return Self.provider("untag-open-id-connect-provider", provider) + ["--tag-keys"] + keys
        case .deleteProvider(let provider): return Self.provider("delete-open-id-connect-provider", provider)
        default: return roleWords
        }
    }

    private var roleWords: [String] {
        switch self {
        case .createRole(let name, let trust, let seconds, let tags, _):
            return Self.role("create-role", name) + ["--assume-role-policy-document", trust.compact]
                + ["--description", Self.description]
                + (seconds.map { ["--max-session-duration", "\($0)"] } ?? []) + Self.tagWords(tags)
        case .changeTrust(let role, _, let policy):
            return Self.role("update-assume-role-policy", role) + ["--policy-document", policy.compact]
        case .tagRole(let role, let tags): return Self.role("tag-role", role) + Self.tagWords(tags)
        case .untagRole(let role, let keys): return Self.role("untag-role", role) + ["--tag-keys"] + keys
        case .attachPolicy(let policy, let role):
            return Self.role("attach-role-policy", role) + ["--policy-arn", policy]
        case .detachPolicy(let policy, let role):
            return Self.role("detach-role-policy", role) + ["--policy-arn", policy]
        case .putPolicy(let name, let role, _, let policy):
            return Self.role("put-role-policy", role) + ["--policy-name", name, "--policy-document", policy.compact]
        case .deletePolicy(let name, let role):
            return Self.role("delete-role-policy", role) + ["--policy-name", name]
        case .deleteRole(let role): return Self.role("delete-role", role)
        default: return []
        }
    }

    private static func role(_ operation: String, _ name: String) -> [String] { [operation, "--role-name", name] }

    private static func provider(_ operation: String, _ arn: String) -> [String] {
        [operation, "--open-id-connect-provider-arn", arn]
    }

    private static func audience(_ operation: String, _ audience: String, _ arn: String) -> [String] {
        guard looksLikeReference(audience) else { return provider(operation, arn) + ["--client-id", audience] }
        let input = JSONValue.object(["OpenIDConnectProviderArn": .string(arn), "ClientID": .string(audience)])
        return [operation, "--cli-input-json", input.compact]
    }

    private static func tagWords(_ tags: [String: String]) -> [String] {
        tags.isEmpty ? [] : ["--tags", tagList(tags).compact]
    }

    private static func tagList(_ tags: [String: String]) -> JSONValue {
        .array(
            tags.sorted { $0.key < $1.key }
                .map { .object(["Key": .string($0.key), "Value": .string($0.value)]) }
        )
    }

    private static func list(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

    /// Whether the CLI would take the value for an option, or for something to read in its place.
    private static func looksLikeReference(_ value: String) -> Bool {
        value.contains("://") || value.hasPrefix("-")
    }
}
