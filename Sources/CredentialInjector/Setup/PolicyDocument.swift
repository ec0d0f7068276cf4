internal import FoundationEssentials

/// A policy: its JSON, and the statements in it.
package struct PolicyDocument: Sendable, Hashable {
    /// The whole policy.
    package let value: PolicyValue

    /// Creates a policy of statements, in the current version of the language.
    init(statements: [PolicyValue]) {
        value = .object(["Version": .text("2012-10-17"), "Statement": .list(statements)])
    }

    /// Creates a policy from JSON text.
    ///
    /// - Throws: ``CredentialError`` of kind `settings`; `name` says whose policy it is.
    package init(json: String, of name: String) throws(CredentialError) {
        guard let value = try? JSONDecoder().decode(PolicyValue.self, from: Data(json.utf8)), case .object = value,
            value["Statement"] != nil
        else {
            throw CredentialError(
                .settings,
                "\(name) is not a policy in JSON",
                nextStep: "give an object with Version and Statement"
            )
        }
        self.value = value
    }

    /// The statements; a single one may stand without a list.
    var statements: [PolicyValue] { value["Statement"]?.elements ?? [] }

    /// Whether two policies mean the same: with regard to neither the order of statements and of lists nor to whether
    /// a list of one is written as a list.
    package func isEquivalent(to other: PolicyDocument) -> Bool {
        Self.normal(value) == Self.normal(other.value)
    }

    /// Returns this trust policy with `statement` in it, in the place of those that let the same provider's tokens in.
    ///
    /// Others stay as they are. Nil when the policy lets them in just so already.
    func trusting(_ statement: PolicyValue, provider: String) -> PolicyDocument? {
        let isOfProvider: (PolicyValue) -> Bool = { candidate in
            candidate["Effect"]?.text == "Allow"
                && (candidate["Principal"]?["Federated"]?.elements ?? []) == [.text(provider)]
        }
        let wanted = Self.normal(statement)
        let same = statements.filter(isOfProvider)
        // A name of the statement makes no difference.
        let isThere = same.contains { candidate in
            guard case .object(var members) = candidate else { return false }
            members["Sid"] = nil
            return Self.normal(.object(members)) == wanted
        }
        guard !(isThere && same.count == 1) else { return nil }
        var members: [String: PolicyValue] = [:]
        if case .object(let all) = value { members = all }
        members["Statement"] = .list(statements.filter { !isOfProvider($0) } + [statement])
        return PolicyDocument(value: .object(members))
    }

    private init(value: PolicyValue) {
        self.value = value
    }

    private static func normal(_ value: PolicyValue) -> PolicyValue {
        switch value {
        case .list(let elements):
            let sorted = elements.map(normal).sorted { $0.compact < $1.compact }
            return sorted.count == 1 ? sorted[0] : .list(sorted)
        case .object(let members): return .object(members.mapValues(normal))
        default: return value
        }
    }
}
