/// Reads the text of one pattern.
enum IgnorePatternParser {
    /// Returns the steps of a pattern, or nil when a bracket or an escape is not finished.
    static func steps(of text: [Unicode.Scalar]) -> [IgnorePattern.Step]? {
        var steps: [IgnorePattern.Step] = []
        var index = 0
        while index < text.count {
            let scalar = text[index]
            index += 1
            switch scalar {
            case "*":
                guard index < text.count, text[index] == "*" else {
                    steps.append(.many)
                    continue
                }
                let isFirst = index == 1
                index += 1
                let hasSlash = index < text.count && text[index] == "/"
                if hasSlash { index += 1 }
                if index == text.count || isFirst && !hasSlash && isLiteral(text[index...]) {
                    // moby takes `**text` as any path that ends so.
                    steps.append(.anything)
                } else {
                    steps += [.folders, .insideFolders]
                }
            case "?": steps.append(.one)
            case "\\":
                guard index < text.count else { return nil }
                steps.append(.literal(text[index]))
                index += 1
            case "[":
                guard let step = characterClass(text, &index) else { return nil }
                steps.append(step)
            default: steps.append(.literal(scalar))
            }
        }
        return steps
    }

    private static func isLiteral(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        !text.contains { "*?[]\\".unicodeScalars.contains($0) }
    }

    private static func characterClass(_ text: [Unicode.Scalar], _ index: inout Int) -> IgnorePattern.Step? {
        var isNegated = false
        if index < text.count, text[index] == "^" {
            isNegated = true
            index += 1
        }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while index < text.count, text[index] != "]" {
            guard let low = member(text, &index) else { return nil }
            var high = low
            if index < text.count, text[index] == "-" {
                index += 1
                guard let end = member(text, &index), low <= end else { return nil }
                high = end
            }
            ranges.append(low...high)
        }
        guard index < text.count, !ranges.isEmpty else { return nil }
        index += 1
        return .oneOf(ranges, isNegated: isNegated)
    }

    /// Returns one end of a range; a `-` or `]` has to be escaped.
    private static func member(_ text: [Unicode.Scalar], _ index: inout Int) -> Unicode.Scalar? {
        guard index < text.count, text[index] != "-", text[index] != "]" else { return nil }
        if text[index] == "\\" { index += 1 }
        guard index < text.count else { return nil }
        index += 1
        return text[index - 1]
    }
}
