/// How a condition compares, read from its name in the policy, as `ForAnyValue:StringLikeIfExists`.
struct ConditionOperator: Sendable, Hashable {
    /// What is compared, and in which way.
    enum Comparison: Sendable, Hashable {
        case string, stringIgnoringCase, pattern
        case number(Relation)
        case time(Relation)
        case boolean, bytes, address, arn
        /// Whether the key is there at all.
        case absence
    }

    /// How two values that have an order are compared.
    enum Relation: String, Sendable, Hashable, CaseIterable {
        case equal = "Equals"
        case less = "LessThan"
        case lessOrEqual = "LessThanEquals"
        case greater = "GreaterThan"
        case greaterOrEqual = "GreaterThanEquals"

        func holds<Value: Comparable>(_ actual: Value, _ expected: Value) -> Bool {
            switch self {
            case .equal: actual == expected
            case .less: actual < expected
            case .lessOrEqual: actual <= expected
            case .greater: actual > expected
            case .greaterOrEqual: actual >= expected
            }
        }
    }

    /// Which of the values that a request has for the key must match.
    enum Quantifier: String, Sendable, Hashable {
        case anyValue = "ForAnyValue"
        case allValues = "ForAllValues"
    }

    /// The name as the policy has it.
    let name: String
    let quantifier: Quantifier?
    let comparison: Comparison
    /// Whether the values must differ from all that the policy names.
    let isNegated: Bool
    /// Whether a request without the key passes.
    let passesWithoutKey: Bool

    private static let comparisons: [String: (Comparison, isNegated: Bool)] = {
        var table: [String: (Comparison, isNegated: Bool)] = [
            "stringequals": (.string, false), "stringnotequals": (.string, true),
            "stringequalsignorecase": (.stringIgnoringCase, false),
            "stringnotequalsignorecase": (.stringIgnoringCase, true),
            "stringlike": (.pattern, false), "stringnotlike": (.pattern, true),
            "bool": (.boolean, false), "binaryequals": (.bytes, false),
            "ipaddress": (.address, false), "notipaddress": (.address, true),
            "arnequals": (.arn, false), "arnlike": (.arn, false),
            "arnnotequals": (.arn, true), "arnnotlike": (.arn, true),
            "null": (.absence, false),
            "numericnotequals": (.number(.equal), true), "datenotequals": (.time(.equal), true),
        ]
        for relation in Relation.allCases {
            table["numeric" + relation.rawValue.lowercased()] = (.number(relation), false)
            table["date" + relation.rawValue.lowercased()] = (.time(relation), false)
        }
        return table
    }()

    /// Reads an operator's name, or returns nil when there is none of that name.
    init?(_ name: String) {
        var rest = name.lowercased()
        self.name = name
        if rest.hasPrefix("foranyvalue:") {
            quantifier = .anyValue
            rest.removeFirst("foranyvalue:".count)
        } else if rest.hasPrefix("forallvalues:") {
            quantifier = .allValues
            rest.removeFirst("forallvalues:".count)
        } else {
            quantifier = nil
        }
        passesWithoutKey = rest.hasSuffix("ifexists")
        if passesWithoutKey { rest.removeLast("ifexists".count) }
        guard let (comparison, isNegated) = Self.comparisons[rest] else { return nil }
        // Null asks for the key's presence itself, so there is no IfExists of it.
        guard comparison != .absence || !passesWithoutKey else { return nil }
        self.comparison = comparison
        self.isNegated = isNegated
    }
}
