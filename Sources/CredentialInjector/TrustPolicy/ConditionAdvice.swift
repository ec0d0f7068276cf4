/// Finds the nearest change with which a condition would hold.
struct ConditionAdvice {
    let condition: PolicyCondition
    let value: ContextValue
    /// The values of the policy, with their variables put in.
    let patterns: [PolicyPattern]
    let request: TrustRequest

    /// The change in words.
    var text: String {
        guard value.doubt != .onlyAWS else { return "this cannot be told here: compare \(condition.key) yourself" }
        if condition.comparison.comparison == .absence { return absence }
        guard let actual = value.values, !actual.isEmpty else {
            return value.note
                ?? "the request has no \(shown(condition.key)): leave the condition out, or request a token "
                + "that has it"
        }
        if value.doubt == .perhapsAbsent, value.values != nil, holdsIfPresent {
            return "it matches, if AWS offers this claim as a condition key; if it does not, put what tells the token "
                + "apart into its sub"
        }
        if condition.comparison.isNegated {
            return "the policy keeps \(list(actual)) away: take it out of the condition, or use another token"
        }
        return near(actual) ?? general(actual)
    }

    private var holdsIfPresent: Bool { condition.comparison.holds(for: value.values, expecting: patterns) }

    private var absence: String {
        value.values == nil
            ? "the request must have \(shown(condition.key)), and has not"
            : "the request must not have \(shown(condition.key)), and has: \(list(value.values ?? []))"
    }

    /// What is nearly right: the mistakes that people make.
    private func near(_ actual: [String]) -> String? {
        if patterns.isEmpty, !condition.values.isEmpty {
            return "the policy's variable has no value in this request, so it matches nothing"
        }
        for found in actual {
            for pattern in patterns {
                if let advice = near(found, pattern) { return advice }
            }
        }
        return nil
    }

    private func near(_ found: String, _ pattern: PolicyPattern) -> String? {
        let expected = pattern.literalText
        if isExact, expected != found, pattern.matches(found) {
            let name = condition.comparison.quantifier.map { "\($0.rawValue):" } ?? ""
            return "* and ? are plain characters to \(condition.comparison.name): use \(name)StringLike"
        }
        if isExact || condition.comparison.comparison == .pattern {
            if PolicyPattern(expected.lowercased()).matches(found.lowercased()) {
                return "upper and lower case differ: write \(quote(found))"
            }
            let trimmed = expected.filter { !$0.isWhitespace }
            if trimmed == found { return "there is white space too much in the policy: write \(quote(found))" }
            if withoutSlash(expected) == withoutSlash(found) {
                return "a slash at the end differs: write \(quote(found))"
            }
            if withoutScheme(expected) == withoutScheme(found) { return "only https:// differs: write \(quote(found))" }
        }
        return SubjectComparison.advice(expected: expected, actual: found)
    }

    private func general(_ actual: [String]) -> String {
        let expected = condition.values
        if condition.key.lowercased() == request.host.lowercased() + ":aud" {
            let option = expected.count == 1 ? ": \(quote(expected[0]))" : ""
            return "request the token for the audience that the policy names\(option), or write \(list(actual)) there; "
                + "it must be a client id of the provider too"
        }
        return "write \(list(actual)) in the policy, or use a token with \(list(expected))"
    }

    private var isExact: Bool {
        condition.comparison.comparison == .string || condition.comparison.comparison == .stringIgnoringCase
    }

    private func withoutSlash(_ text: String) -> Substring {
        text.hasSuffix("/") ? text.dropLast() : text[...]
    }

    private func withoutScheme(_ text: String) -> Substring {
        text.lowercased().hasPrefix("https://") ? text.dropFirst("https://".count) : text[...]
    }

    private func list(_ values: [String]) -> String {
        values.prefix(4).map(quote).joined(separator: ", ") + (values.count > 4 ? ", …" : "")
    }

    private func quote(_ text: String) -> String { "\"\(shown(text))\"" }

    private func shown(_ text: String) -> String { DisplayText.clean(text, limit: 300) }
}
