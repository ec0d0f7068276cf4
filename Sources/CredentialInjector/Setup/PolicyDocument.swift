/// A policy as IAM keeps it: its JSON, and the statements in it.
package struct PolicyDocument: Sendable, Hashable {
    /// The whole policy.
    package let value: JSONValue

    private init(value: JSONValue) {
        self.value = value
    }

    /// Creates a policy of statements, in the current version of the language.
    init(statements: [JSONValue]) {
        value = .object(["Version": .string("2012-10-17"), "Statement": .array(statements)])
    }

    /// Creates a policy from JSON text.
    ///
    /// - Throws: ``CredentialError`` of kind `settings`; `name` says whose policy it is.
    package init(json: [UInt8], of name: String) throws(CredentialError) {
        let shown = DisplayText.clean(name, limit: 200)
        let hint = "give an object with Version and Statement"
        do {
            value = try JSONReader.read(json)
        } catch {
            throw CredentialError(
                .settings,
                "\(shown) is not JSON: line \(error.line): \(error.reason)",
                nextStep: hint
            )
        }
        guard value["Statement"] != nil else {
            throw CredentialError(.settings, "\(shown) is not a policy", nextStep: hint)
        }
    }

    /// The policy without white space, as it is sent.
    package var compact: String { value.compact }

    /// The policy in lines, without a newline at its end.
    package var text: String { String(value.text.dropLast()) }

    /// The statements; a single one may stand without a list.
    var statements: [JSONValue] {
        switch value["Statement"] {
        case .array(let statements): statements
        case let statement?: [statement]
        case nil: []
        }
    }

    /// Returns whether two policies mean the same.
    ///
    /// Neither the order of members and of lists matters, nor whether a list of one is written as a list.
    package func isEquivalent(to other: PolicyDocument) -> Bool {
        Self.normal(value) == Self.normal(other.value)
    }

    /// Returns this trust policy with `statement` in the place of those that let tokens of the same provider in.
    ///
    /// Others stay as they are. Nil when the policy lets them in just so already.
    func trusting(_ statement: JSONValue, provider: String) -> PolicyDocument? {
        let isOfProvider: (JSONValue) -> Bool = { candidate in
            candidate["Effect"]?.string == "Allow"
                && candidate["Principal"]?["Federated"]?.scalarTexts == [provider]
        }
        let same = statements.filter(isOfProvider)
        // The name of a statement makes no difference.
        if same.count == 1, case .object(let members) = same[0],
            Self.normal(.object(members.filter { $0.name != "Sid" })) == Self.normal(statement)
        {
            return nil
        }
        let all = statements.filter { !isOfProvider($0) } + [statement]
        let members = (value.members ?? []).map { member in
            member.name == "Statement" ? JSONMember("Statement", .array(all)) : member
        }
        return PolicyDocument(value: .object(members))
    }

    private static func normal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements):
            let sorted = elements.map(normal).sorted { $0.compact < $1.compact }
            return sorted.count == 1 ? sorted[0] : .array(sorted)
        case .object(let members):
            let sorted = members.map { JSONMember($0.name, normal($0.value)) }.sorted { $0.name < $1.name }
            return .object(sorted)
        case .null, .bool, .number, .string: return value
        }
    }
}
