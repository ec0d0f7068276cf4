internal import YAMLSource

/// Checks what tests say they depend on.
enum DependencyValidation {
    /// Returns an error for every dependency that is unknown, repeated, on the test itself, or part of a circle.
    static func findings(in tests: [TestPhase]) -> [DependencyFinding] {
        let names = tests.map(\.name.value)
        let known = Set(names)
        var result: [DependencyFinding] = []
        for test in tests {
            var seen: Set<String> = []
            for dependency in test.dependsOn {
                let shown = PrintableText.quoted(dependency.value)
                if dependency.value == test.name.value {
                    result.append(
                        DependencyFinding(.testCycle, "the test \(shown) depends on itself", at: dependency.mark)
                    )
                } else if !known.contains(dependency.value) {
                    result.append(
                        DependencyFinding(
                            .unknownTest,
                            "there is no test \(shown) to depend on",
                            at: dependency.mark,
                            help: Suggestion.help(for: dependency.value, among: names)
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
        enum State { case new, open, done }
        var states = [State](repeating: .new, count: tests.count)
        var result: [DependencyFinding] = []
        for start in tests.indices where states[start] == .new {
            // A stack of our own, because a chain of tests can be longer than the thread's.
            var path: [(test: Int, next: Int)] = [(start, 0)]
            states[start] = .open
            while let (test, next) = path.last {
                guard next < tests[test].dependsOn.count else {
                    states[test] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let dependency = tests[test].dependsOn[next]
                guard let target = index[dependency.value], target != test else { continue }
                switch states[target] {
                case .new:
                    states[target] = .open
                    path.append((target, 0))
                case .open:
                    let circle = path.map(\.test).drop { $0 != target } + [target]
                    let names = circle.prefix(20).map { PrintableText.quoted(tests[$0].name.value) }
                    result.append(
                        DependencyFinding(
                            .testCycle,
                            "tests depend on each other in a circle: \(names.joined(separator: " → "))",
                            at: dependency.mark,
                            help: "remove one of these dependencies"
                        )
                    )
                case .done: continue
                }
            }
        }
        return result
    }
}
