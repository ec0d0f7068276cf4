/// One change of an account, which setup or teardown makes by one request.
package enum SetupStep: Sendable, Hashable {
    case createProvider(url: String, arn: String, audiences: [String], thumbprints: [String], tags: [String: String])
    case addAudience(String, provider: String)
    case setThumbprints([String], provider: String)
    case tagProvider(String, tags: [String: String])
    case createRole(
        name: String,
        trust: PolicyDocument,
        maximumSessionDuration: Int?,
        tags: [String: String],
        afterNewProvider: Bool
    )
    case changeTrust(role: String, from: PolicyDocument, to: PolicyDocument)
    case tagRole(String, tags: [String: String])
    case attachPolicy(String, role: String)
    case putPolicy(name: String, role: String, from: PolicyDocument?, to: PolicyDocument)
    case detachPolicy(String, role: String)
    case deletePolicy(name: String, role: String)
    case untagRole(String, keys: [String])
    case removeAudience(String, provider: String)
    case untagProvider(String, keys: [String])
    case deleteProvider(String)
    case deleteRole(String)

    /// The description of roles that setup creates.
    static let description = "Assumed by the phases of Okteto manifests, with an identity token"

    /// What it does, for a person: an imperative clause.
    package var title: String {
        switch self {
        case .createProvider(let url, _, let audiences, _, _):
            "create the identity provider of \(url) for \(audiences.joined(separator: ", "))"
        case .addAudience(let audience, let provider): "let \(provider) take audience \(audience)"
        case .setThumbprints(_, let provider): "set the fingerprints of \(provider)"
        case .tagProvider(let provider, _): "tag \(provider) with what is added"
        case .createRole(let name, _, _, _, _): "create role \(name)"
        case .changeTrust(let role, _, _): "change the trust policy of role \(role)"
        case .tagRole(let role, _): "tag role \(role) with what is added"
        case .attachPolicy(let policy, let role): "attach \(policy) to role \(role)"
        case .putPolicy(let name, let role, let old, _):
            "\(old == nil ? "add" : "change") policy \(name) of role \(role)"
        case .detachPolicy(let policy, let role): "detach \(policy) from role \(role)"
        case .deletePolicy(let name, let role): "delete policy \(name) of role \(role)"
        case .untagRole(let role, _): "remove the tags of setup from role \(role)"
        case .removeAudience(let audience, let provider): "let \(provider) no longer take audience \(audience)"
        case .untagProvider(let provider, _): "remove the tags of setup from \(provider)"
        case .deleteProvider(let provider): "delete \(provider)"
        case .deleteRole(let role): "delete role \(role)"
        }
    }

    /// The lines of the policy that is created or changed, as a difference; empty for other steps.
    package var difference: [String] {
        switch self {
        case .createRole(_, let trust, _, _, _): LineDifference.lines(from: "", to: trust.text)
        case .changeTrust(_, let old, let new): LineDifference.lines(from: old.text, to: new.text)
        case .putPolicy(_, _, let old, let new): LineDifference.lines(from: old?.text ?? "", to: new.text)
        default: []
        }
    }
}
