extension TrustExplanation {
    /// The explanation for a program.
    package var json: JSONValue {
        .object([
            "verdict": .string(verdict.rawValue),
            "action": .string(action),
            "summary": .string(summary),
            "statements": .array(statements.map(Self.json)),
            "fixes": .array(fixes.map { .string($0) }),
        ])
    }

    private static func json(of statement: StatementFinding) -> JSONValue {
        .object([
            "number": .number("\(statement.number)"),
            "sid": statement.identifier.map { .string(shown($0)) },
            "effect": .string(statement.isAllow ? "Allow" : "Deny"),
            "applies": .string(statement.outcome.rawValue),
            "principal": .string(statement.principal.rawValue),
            "principals": texts(statement.principals),
            "principalFix": statement.principalFix.map { .string($0) },
            "action": .string(statement.action.rawValue),
            "actions": texts(statement.actions),
            "actionFix": statement.actionFix.map { .string($0) },
            "conditions": .array(statement.conditions.map(json)),
        ])
    }

    private static func json(of condition: ConditionFinding) -> JSONValue {
        .object([
            "operator": .string(shown(condition.comparison)),
            "key": .string(shown(condition.key)),
            "expected": texts(condition.expected),
            "actual": condition.actual.map(texts),
            "source": .string(shown(condition.source)),
            "holds": .string(condition.outcome.rawValue),
            "note": condition.note.map { .string($0) },
            "fix": condition.fix.map { .string($0) },
        ])
    }

    private static func texts(_ values: [String]) -> JSONValue { .array(values.map { .string(shown($0)) }) }

    private static func shown(_ text: String) -> String { DisplayText.clean(text, limit: 300) }
}
