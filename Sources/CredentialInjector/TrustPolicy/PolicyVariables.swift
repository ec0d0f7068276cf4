/// Puts policy variables, as `${aws:CurrentTime}`, into the values of conditions.
///
/// See "IAM policy elements: Variables and tags": they exist in version 2012-10-17 alone; `${*}`, `${?}` and `${$}` are
/// the characters themselves; `${key, 'text'}` has a default.
struct PolicyVariables {
    /// Whether the policy's version has variables.
    let isEnabled: Bool
    /// Returns the one value of a key, or nil where it has none, several, or one that only AWS knows.
    let lookUp: (String) -> String?

    /// Returns the pattern that a value stands for, or nil when one of its variables has no value: then it matches nothing.
    func expand(_ text: String) -> PolicyPattern? {
        guard isEnabled, text.contains("${") else { return PolicyPattern(text) }
        var parts: [PolicyPattern.Part] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            parts += PolicyPattern(String(rest[..<start.lowerBound])).parts
            let after = rest[start.upperBound...]
            guard let end = after.firstIndex(of: "}") else {
                // Without its end it is no variable.
                return PolicyPattern(parts + PolicyPattern(String(rest[start.lowerBound...])).parts)
            }
            guard let value = value(of: String(after[..<end])) else { return nil }
            // What a variable brings in is never a wildcard.
            parts += value.unicodeScalars.map { .literal($0) }
            rest = after[after.index(after: end)...]
        }
        return PolicyPattern(parts + PolicyPattern(String(rest)).parts)
    }

    private func value(of variable: String) -> String? {
        if ["*", "?", "$"].contains(variable) { return variable }
        let pieces = variable.split(separator: ",", maxSplits: 1)
        guard let key = pieces.first.map({ $0.filter { $0 != " " } }) else { return nil }
        if let value = lookUp(key) { return value }
        guard pieces.count == 2, let open = pieces[1].firstIndex(of: "'"), let close = pieces[1].lastIndex(of: "'"),
            open < close
        else { return nil }
        return String(pieces[1][pieces[1].index(after: open)..<close])
    }
}
