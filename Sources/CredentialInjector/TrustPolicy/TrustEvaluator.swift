/// Evaluates a trust policy for a request as IAM does, and keeps of every comparison what it came to.
///
/// See "Policy evaluation logic": a statement applies when principal, action and all conditions hold; one that denies
/// wins over any that allow; without one that allows the request is refused.
package enum TrustEvaluator {
    /// Returns what the policy says to the request, and why.
    package static func explain(_ policy: TrustPolicy, _ request: TrustRequest) -> TrustExplanation {
        var verdicts: [(action: String, verdict: TrustVerdict)] = []
        for action in request.actions {
            verdicts.append((action, verdict(of: findings(policy, request, action: action))))
        }
        let statements = findings(policy, request, action: TrustRequest.action)
        // The worst of them decides: the exchange needs all.
        let order: [TrustVerdict] = [.denied, .notAllowed, .undecided]
        let worst = order.lazy.compactMap { kind in verdicts.first { $0.verdict == kind } }.first
        return TrustExplanation(
            verdict: worst?.verdict ?? .allowed,
            action: worst?.action ?? TrustRequest.action,
            statements: statements,
            request: request
        )
    }

    private static func findings(
        _ policy: TrustPolicy,
        _ request: TrustRequest,
        action: String
    ) -> [StatementFinding] {
        policy.statements.map { finding($0, policy, request, action: action) }
    }

    private static func verdict(of statements: [StatementFinding]) -> TrustVerdict {
        let denials = statements.filter { !$0.isAllow }.map(\.outcome)
        let permissions = statements.filter(\.isAllow).map(\.outcome)
        if denials.contains(.yes) { return .denied }
        if !permissions.contains(.yes) { return permissions.contains(.unknown) ? .undecided : .notAllowed }
        return denials.contains(.unknown) ? .undecided : .allowed
    }

    private static func finding(
        _ statement: PolicyStatement,
        _ policy: TrustPolicy,
        _ request: TrustRequest,
        action: String
    ) -> StatementFinding {
        let comparisons = statement.principals.map { FederatedProvider.compare($0, request) }
        let isNamed = comparisons.contains(where: \.matches)
        let principal = Tristate(isNamed != statement.isNotPrincipal)
        let isForAction = Tristate(statement.isFor(action: action))
        let conditions = statement.conditions.map { condition($0, statement, policy, request) }
        let outcome = conditions.reduce(principal && isForAction) { $0 && $1.outcome }
        return StatementFinding(
            number: statement.number,
            identifier: statement.identifier,
            isAllow: statement.isAllow,
            principal: principal,
            principals: statement.principals.map { $0.kind == "*" ? "*" : "\($0.kind) \($0.name)" },
            principalFix: principal == .yes || !statement.isAllow
                ? nil : comparisons.lazy.compactMap(\.advice).first ?? "the provider is excluded by NotPrincipal",
            action: isForAction,
            actions: statement.actions,
            actionFix: isForAction == .yes || !statement.isAllow
                ? nil : "write \"Action\": \"\(action)\": an exchange of a token is that action and no other",
            conditions: conditions,
            outcome: outcome
        )
    }

    private static func condition(
        _ condition: PolicyCondition,
        _ statement: PolicyStatement,
        _ policy: TrustPolicy,
        _ request: TrustRequest
    ) -> ConditionFinding {
        let value = request.value(of: condition.key)
        let variables = PolicyVariables(isEnabled: policy.hasVariables) { key in
            let found = request.value(of: key)
            return found.doubt == nil && found.values?.count == 1 ? found.values?.first : nil
        }
        let patterns = condition.values.compactMap(variables.expand)
        let outcome = outcome(of: condition.comparison, value, patterns)
        return ConditionFinding(
            comparison: condition.comparison.name,
            key: condition.key,
            expected: condition.values,
            actual: value.values,
            source: value.source,
            outcome: outcome,
            note: value.note,
            fix: outcome == .yes || !statement.isAllow
                ? nil : ConditionAdvice(condition: condition, value: value, patterns: patterns, request: request).text
        )
    }

    private static func outcome(
        of comparison: ConditionOperator,
        _ value: ContextValue,
        _ patterns: [PolicyPattern]
    ) -> Tristate {
        switch value.doubt {
        case nil: return Tristate(comparison.holds(for: value.values, expecting: patterns))
        case .onlyAWS: return .unknown
        case .perhapsAbsent:
            let present = comparison.holds(for: value.values, expecting: patterns)
            return present == comparison.holds(for: nil, expecting: patterns) ? Tristate(present) : .unknown
        }
    }
}
