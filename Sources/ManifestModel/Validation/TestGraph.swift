internal import YAMLSource

/// The tests of a manifest with what they depend on.
package struct TestGraph: Sendable {
    private let tests: [TestPhase]
    private let index: [String: Int]

    /// Creates the graph of all tests, because a broken dependency anywhere fails every run.
    ///
    /// - Throws: ``ManifestModelError`` when a dependency is unknown, given twice, on the test itself or in a circle.
    package init(_ tests: [TestPhase]) throws(ManifestModelError) {
        if let finding = DependencyValidation.findings(in: tests).first {
            let diagnostic = finding.diagnostic
            throw ManifestModelError(
                finding.code,
                "line \(diagnostic.mark.line): \(diagnostic.message)" + (diagnostic.help.map { ": \($0)" } ?? "")
            )
        }
        self.tests = tests
        index = Dictionary(tests.enumerated().map { ($0.element.name.value, $0.offset) }) { first, _ in first }
    }

    /// Returns the named tests and all they depend on, or all tests when none is named, in the order of execution.
    ///
    /// The order is the one of Okteto: roots by name, then breadth first, each test once all it depends on has run.
    /// Empty names are passed over.
    ///
    /// - Throws: ``ManifestModelError`` when a name is no test's.
    package func order(selecting names: [String] = []) throws(ManifestModelError) -> [TestPhase] {
        let selected = try selection(names.filter { !$0.isEmpty })
        var waiting = [Int](repeating: 0, count: tests.count)
        var children = [[Int]](repeating: [], count: tests.count)
        for test in selected {
            for dependency in dependencies(of: test) {
                children[dependency].append(test)
                waiting[test] += 1
            }
        }
        var queue = sorted(selected.filter { waiting[$0] == 0 })
        var isDone = [Bool](repeating: false, count: tests.count)
        var order: [TestPhase] = []
        var head = 0
        while head < queue.count {
            let test = queue[head]
            head += 1
            if isDone[test] { continue }
            guard waiting[test] == 0 else {
                queue.append(test)
                continue
            }
            isDone[test] = true
            order.append(tests[test])
            for child in sorted(children[test]) {
                waiting[child] -= 1
                queue.append(child)
            }
        }
        return order
    }

    private func selection(_ names: [String]) throws(ManifestModelError) -> [Int] {
        guard !names.isEmpty else { return Array(tests.indices) }
        var isSelected = [Bool](repeating: false, count: tests.count)
        var pending: [Int] = []
        for name in names {
            guard let test = index[name] else {
                let known = tests.map(\.name.value)
                let help =
                    Suggestion.help(for: name, among: known)
                    ?? (known.isEmpty ? "the manifest has no tests" : "the tests are \(known.joined(separator: ", "))")
                throw ManifestModelError(
                    .unknownTest,
                    "there is no test \(PrintableText.quoted(name)): \(PrintableText.escaped(help))"
                )
            }
            pending.append(test)
        }
        while let test = pending.popLast() {
            if isSelected[test] { continue }
            isSelected[test] = true
            pending += dependencies(of: test)
        }
        return tests.indices.filter { isSelected[$0] }
    }

    private func dependencies(of test: Int) -> [Int] {
        tests[test].dependsOn.compactMap { index[$0.value] }
    }

    /// Sorts by the bytes of the names, as Go does.
    private func sorted(_ items: [Int]) -> [Int] {
        items.sorted { tests[$0].name.value.utf8.lexicographicallyPrecedes(tests[$1].name.value.utf8) }
    }
}
