/// The order of tests by what they depend on.
package enum TestGraph {
    /// Why a selection of tests is none.
    package struct UnknownTest: Error, Sendable, Hashable {
        /// The name that no test has.
        package let name: String
        /// The test that may have been meant.
        package let suggestion: String?
    }

    /// Returns the named tests and all that they depend on, or all tests when no name is given, in Okteto's order:
    /// from the roots in the order of their names, each test after everything it depends on.
    ///
    /// The tests must have passed the checks of loading: no unknown dependency, no cycle.
    ///
    /// - Throws: ``UnknownTest`` for a name that no test has.
    package static func order(_ tests: [TestPhase], selecting names: [String]) throws(UnknownTest) -> [TestPhase] {
        let byName = Dictionary(tests.map { ($0.name.value, $0) }) { first, _ in first }
        for name in names where byName[name] == nil {
            throw UnknownTest(name: name, suggestion: Suggestion.nearest(to: name, among: byName.keys.sorted()))
        }
        var selected: Set<String> = []
        var pending = names.isEmpty ? Array(byName.keys) : names
        while let name = pending.popLast() {
            guard selected.insert(name).inserted else { continue }
            pending += byName[name]?.dependsOn.map(\.value) ?? []
        }
        return walk(tests.filter { selected.contains($0.name.value) })
    }

    /// A queue of roots sorted by name; a test whose dependencies are not all done goes to the queue's end.
    private static func walk(_ tests: [TestPhase]) -> [TestPhase] {
        let byName = Dictionary(tests.map { ($0.name.value, $0) }) { first, _ in first }
        let names = byName.keys.sorted()
        var queue = names.filter { byName[$0]?.dependsOn.isEmpty ?? true }
        var done: Set<String> = []
        var result: [TestPhase] = []
        while !queue.isEmpty {
            let name = queue.removeFirst()
            guard let test = byName[name], !done.contains(name) else { continue }
            guard test.dependsOn.allSatisfy({ done.contains($0.value) }) else {
                queue.append(name)
                continue
            }
            done.insert(name)
            result.append(test)
            queue += names.filter { byName[$0]?.dependsOn.contains { $0.value == name } ?? false }
        }
        return result
    }
}
