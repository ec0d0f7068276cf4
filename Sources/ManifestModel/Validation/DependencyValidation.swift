internal import YAMLSource

/// Checks what tests say they depend on.
enum DependencyValidation {
    /// Returns an error for every dependency that is unknown, repeated, on the test itself, or part of a circle.
    static func findings(in tests: [TestPhase]) -> [DependencyFinding] {
        let names = tests.map(\.name.value)
        let known = Set(names)
        var result: [DependencyFinding] = []
        // To look for what was meant takes time for each test there is.
        var suggestions = 20
        for test in tests {
            var seen: Set<String> = []
            for dependency in test.dependsOn {
                let shown = PrintableText.quoted(dependency.value)
                if dependency.value == test.name.value {
                    result.append(
                        DependencyFinding(.testCycle, "the test \(shown) depends on itself", at: dependency.mark)
                    )
                } else if !known.contains(dependency.value) {
                    suggestions -= 1
                    result.append(
                        DependencyFinding(
                            .unknownTest,
                            "there is no test \(shown) to depend on",
                            at: dependency.mark,
                            help: suggestions < 0 ? nil : Suggestion.help(for: dependency.value, among: names)
                        )
                    )
                } else if !seen.insert(dependency.value).inserted {
                    result.append(
                        DependencyFinding(.invalidValue, "the dependency \(shown) is given twice", at: dependency.mark)
                    )
                }
            }
        }
        return result + circles(in: tests)
    }

    /// Returns one error per circle, at the dependency that closes it.
    private static func circles(in tests: [TestPhase]) -> [DependencyFinding] {
        var index: [String: Int] = [:]
        for (position, test) in tests.enumerated() { index[test.name.value] = position }
        let edges: [[CircleSearch.Edge]] = tests.enumerated().map { position, test in
            test.dependsOn.compactMap { dependency in
                // A test that depends on itself is told already.
                guard let target = index[dependency.value], target != position else { return nil }
                return (target, dependency.mark)
            }
        }
        return CircleSearch.circles(in: edges).map { circle in
            let names = circle.members.map { PrintableText.quoted(tests[$0].name.value) }
            let end = circle.isCut ? "…" : names[0]
            return DependencyFinding(
                .testCycle,
                "tests depend on each other in a circle: \((names + [end]).joined(separator: " → "))",
                at: circle.mark,
                help: "remove one of these dependencies"
            )
        }
    }
}
