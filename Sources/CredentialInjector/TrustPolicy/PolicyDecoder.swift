/// Reads a trust policy's elements by the grammar of IAM ("Grammar of the IAM JSON policy language").
///
/// What IAM refuses to keep as a trust policy is refused here too, so that no explanation is given of a policy that cannot
/// be the role's.
enum PolicyDecoder {
    private static let elements: Set<String> = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition",
    ]

    static func decode(_ document: JSONValue) throws(PolicyProblem) -> TrustPolicy {
        guard let members = document.members else { throw PolicyProblem(reason: "it is no JSON object") }
        for member in members where !["Version", "Id", "Statement"].contains(member.name) {
            throw PolicyProblem(reason: "'\(shown(member.name))' is no element of a policy")
        }
        let version = document["Version"]?.string ?? "2008-10-17"
        guard version == "2012-10-17" || version == "2008-10-17" else {
            throw PolicyProblem(reason: "Version is '\(shown(version))', and can be 2012-10-17 or 2008-10-17 only")
        }
        let list: [JSONValue] =
            switch document["Statement"] {
            case .array(let elements): elements
            case .some(let one): [one]
            case nil: throw PolicyProblem(reason: "it has no Statement")
            }
        guard !list.isEmpty else { throw PolicyProblem(reason: "it has no Statement") }
        var statements: [PolicyStatement] = []
        for (index, value) in list.enumerated() { statements.append(try statement(value, number: index + 1)) }
        return TrustPolicy(version: version, statements: statements)
    }

    private static func statement(_ value: JSONValue, number: Int) throws(PolicyProblem) -> PolicyStatement {
        let at = "statement \(number)"
        guard let members = value.members else { throw PolicyProblem(reason: "\(at) is no JSON object") }
        for member in members where !elements.contains(member.name) {
            let isOfOthers = ["Resource", "NotResource"].contains(member.name)
            throw PolicyProblem(
                reason: isOfOthers
                    ? "\(at) has a \(member.name), which a trust policy cannot have: its resource is the role"
                    : "\(at) has '\(shown(member.name))', which is no element of a statement"
            )
        }
        let effect = value["Effect"]?.string
        guard effect == "Allow" || effect == "Deny" else {
            throw PolicyProblem(reason: "\(at) has no Effect of Allow or Deny")
        }
        let (principal, isNotPrincipal) = try one(of: "Principal", in: value, at: at)
        let (action, isNotAction) = try one(of: "Action", in: value, at: at)
        guard let actions = action.scalarTexts, !actions.isEmpty else {
            throw PolicyProblem(reason: "\(at) has an Action that is neither text nor a list of texts")
        }
        return PolicyStatement(
            number: number,
            identifier: value["Sid"]?.string,
            isAllow: effect == "Allow",
            principals: try principals(principal, at: at),
            isNotPrincipal: isNotPrincipal,
            actions: actions,
            isNotAction: isNotAction,
            conditions: try conditions(value["Condition"], at: at)
        )
    }

    private static func one(
        of name: String,
        in value: JSONValue,
        at: String
    ) throws(PolicyProblem) -> (JSONValue, isNegated: Bool) {
        switch (value[name], value["Not" + name]) {
        case (let plain?, nil): return (plain, false)
        case (nil, let negated?): return (negated, true)
        case (nil, nil): throw PolicyProblem(reason: "\(at) has no \(name)")
        case (_?, _?): throw PolicyProblem(reason: "\(at) has both \(name) and Not\(name)")
        }
    }

    private static func principals(_ value: JSONValue, at: String) throws(PolicyProblem) -> [PolicyPrincipal] {
        if let text = value.string {
            guard text == "*" else {
                throw PolicyProblem(
                    reason: "\(at) has the Principal '\(shown(text))': only * can stand without its kind"
                )
            }
            return [PolicyPrincipal(kind: "*", name: "*")]
        }
        guard let members = value.members, !members.isEmpty else {
            throw PolicyProblem(reason: "\(at) has a Principal that is neither * nor an object")
        }
        var result: [PolicyPrincipal] = []
        for member in members {
            guard ["AWS", "Federated", "Service", "CanonicalUser"].contains(member.name) else {
                throw PolicyProblem(reason: "\(at) has a Principal of the unknown kind '\(shown(member.name))'")
            }
            guard let names = member.value.scalarTexts else {
                throw PolicyProblem(reason: "\(at) has a \(member.name) principal that is no text")
            }
            result += names.map { PolicyPrincipal(kind: member.name, name: $0) }
        }
        return result
    }

    private static func conditions(_ value: JSONValue?, at: String) throws(PolicyProblem) -> [PolicyCondition] {
        guard let value else { return [] }
        guard let operators = value.members else {
            throw PolicyProblem(reason: "\(at) has a Condition that is no object")
        }
        var result: [PolicyCondition] = []
        for entry in operators {
            guard let comparison = ConditionOperator(entry.name) else {
                throw PolicyProblem(
                    reason: "\(at) has the condition operator '\(shown(entry.name))', which IAM has not"
                )
            }
            guard let keys = entry.value.members, !keys.isEmpty else {
                throw PolicyProblem(reason: "\(at) has a \(entry.name) without a key to compare")
            }
            for key in keys {
                guard let values = key.value.scalarTexts else {
                    throw PolicyProblem(
                        reason: "\(at) compares \(shown(key.name)) with what is neither text nor a list"
                    )
                }
                result.append(PolicyCondition(comparison: comparison, key: key.name, values: values))
            }
        }
        return result
    }

    private static func shown(_ text: String) -> String { DisplayText.clean(text, limit: 120) }
}
