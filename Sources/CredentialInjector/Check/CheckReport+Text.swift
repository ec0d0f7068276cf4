extension CheckReport {
    /// The report for a person, line by line.
    package var lines: [String] {
        steps.flatMap { step -> [String] in
            let width = step.facts.map(\.name.count).max() ?? 0
            var lines = ["\(Self.mark(step.outcome)) \(step.name): \(step.summary)"]
            lines += step.facts.map { fact in
                let name = fact.name + String(repeating: " ", count: width - fact.name.count)
                return "      \(name)  \(fact.value)" + (fact.origin.map { "  (\($0))" } ?? "")
            }
            lines += step.notes.map { "      note: \($0)" }
            if let next = step.nextStep { lines.append("      next step: \(next)") }
            return lines
        }
    }

    private static func mark(_ outcome: CheckStep.Outcome) -> String {
        switch outcome {
        case .passed: "[ok]  "
        case .warning: "[warn]"
        case .failed: "[FAIL]"
        case .skipped: "[skip]"
        }
    }
}
