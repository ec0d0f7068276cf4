internal import FoundationEssentials

extension ConditionOperator {
    /// Returns whether a condition holds for the values that a request has for its key; nil means that it has none.
    ///
    /// The rules are those of "IAM JSON policy elements: Condition operators" and of "Multivalued context keys".
    func holds(for actual: [String]?, expecting expected: [PolicyPattern]) -> Bool {
        if comparison == .absence {
            return expected.contains { $0.literalText.lowercased() == (actual == nil ? "true" : "false") }
        }
        guard let actual, !actual.isEmpty else {
            if passesWithoutKey || quantifier == .allValues { return true }
            // "If the key is not present and the operator is a negated one, the condition is true."
            return quantifier == nil && isNegated
        }
        let holdsForOne: (String) -> Bool = { value in
            expected.contains { matches(value, $0) } != isNegated
        }
        switch quantifier {
        case .anyValue: return actual.contains(where: holdsForOne)
        case .allValues: return actual.allSatisfy(holdsForOne)
        // With several values and no quantifier, one that is named is enough to match.
        case nil: return isNegated ? actual.allSatisfy(holdsForOne) : actual.contains(where: holdsForOne)
        }
    }

    private func matches(_ value: String, _ pattern: PolicyPattern) -> Bool {
        switch comparison {
        // By code points: Swift's own comparison takes different spellings of a letter for the same.
        case .string, .bytes: value.unicodeScalars.elementsEqual(pattern.literalText.unicodeScalars)
        case .stringIgnoringCase: value.lowercased() == pattern.literalText.lowercased()
        case .pattern: pattern.matches(value)
        case .arn: pattern.matchesARN(value)
        case .boolean: value.lowercased() == pattern.literalText.lowercased()
        case .number(let relation): Self.compare(Double(value), Double(pattern.literalText), relation)
        case .time(let relation): Self.compare(Self.time(value), Self.time(pattern.literalText), relation)
        // Which address AWS sees is not known here: never asked, since the key has no value.
        case .address, .absence: false
        }
    }

    private static func compare(_ actual: Double?, _ expected: Double?, _ relation: Relation) -> Bool {
        guard let actual, let expected else { return false }
        return relation.holds(actual, expected)
    }

    /// Returns the seconds since 1970 of a W3C date and time, a date alone, or a number of seconds.
    private static func time(_ text: String) -> Double? {
        if let seconds = Double(text) { return seconds }
        let whole = text.utf8.count == 10 ? text + "T00:00:00Z" : text
        return ServiceTime.timestamp(whole)?.timeIntervalSince1970
    }
}
