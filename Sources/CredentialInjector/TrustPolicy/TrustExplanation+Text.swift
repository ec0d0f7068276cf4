extension TrustExplanation {
    /// The explanation for a person, line by line: each statement, each comparison in it, and its nearest fix.
    package var lines: [String] {
        var lines = [summary]
        for statement in statements { lines += Self.lines(of: statement) }
        return lines
    }

    private static func lines(of statement: StatementFinding) -> [String] {
        let name = statement.identifier.map { " '\(shown($0))'" } ?? ""
        let applies =
            switch statement.outcome {
            case .yes: "applies"
            case .no: "does not apply"
            case .unknown: "may apply"
            }
        var lines = ["statement \(statement.number)\(name) (\(statement.isAllow ? "Allow" : "Deny")) \(applies)"]
        lines += comparison("Principal", statement.principals, statement.principal, fix: statement.principalFix)
        lines += comparison("Action", statement.actions, statement.action, fix: statement.actionFix)
        for condition in statement.conditions { lines += Self.lines(of: condition) }
        return lines
    }

    private static func comparison(_ name: String, _ values: [String], _ outcome: Tristate, fix: String?) -> [String] {
        let shownValues = values.map(shown).joined(separator: ", ")
        return ["  \(mark(outcome)) \(name): \(shownValues)"] + (fix.map { ["      fix: \($0)"] } ?? [])
    }

    private static func lines(of condition: ConditionFinding) -> [String] {
        var lines = [
            "  \(mark(condition.outcome)) \(shown(condition.comparison)) \(shown(condition.key))",
            "      expected: \(list(condition.expected))",
            "      actual:   \(condition.actual.map(list) ?? "(none)")  [\(shown(condition.source))]",
        ]
        if let note = condition.note, note != condition.fix { lines.append("      note: \(note)") }
        if let fix = condition.fix { lines.append("      fix: \(fix)") }
        return lines
    }

    private static func mark(_ outcome: Tristate) -> String {
        switch outcome {
        case .yes: "[yes]"
        case .no: "[NO] "
        case .unknown: "[?]  "
        }
    }

    private static func list(_ values: [String]) -> String {
        values.isEmpty ? "(nothing)" : values.map { "\"\(shown($0))\"" }.joined(separator: ", ")
    }

    private static func shown(_ text: String) -> String { DisplayText.clean(text, limit: 300) }
}
