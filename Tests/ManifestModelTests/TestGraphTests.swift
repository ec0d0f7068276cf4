import ManifestModel
import Testing
import YAMLSource

@Suite struct TestGraphTests {
    private func tests(_ dependencies: [String: [String]]) -> [TestPhase] {
        dependencies.sorted { $0.key > $1.key }.map { name, dependsOn in
            TestPhase(
                name: Marked(name, at: .start),
                commands: [Command(script: "x")],
                dependsOn: dependsOn.map { Marked($0, at: .start) }
            )
        }
    }

    private func order(_ tests: [TestPhase], _ names: [String] = []) throws -> [String] {
        try TestGraph(tests).order(selecting: names).map(\.name.value)
    }

    @Test(
        arguments: [
            (["v3": [], "v1": [], "v2": []], [], ["v1", "v2", "v3"]),
            (
                ["v5": ["v4", "v3"], "v3": ["v2"], "v4": ["v2"], "v2": ["v1"], "v1": []], [],
                ["v1", "v2", "v3", "v4", "v5"]
            ),
            (["v1": [], "v2": ["v1"], "v3": ["v2"], "v4": [], "v5": ["v4"]], [], ["v1", "v4", "v2", "v5", "v3"]),
            (
                ["v1": [], "v2": ["v1"], "v3": ["v2", "v4"], "v4": ["v1"], "v5": ["v3"]], [],
                ["v1", "v2", "v4", "v3", "v5"]
            ),
            (["a": [], "b": ["a"], "c": []], ["b"], ["a", "b"]),
            (["a": [], "b": ["a"], "c": []], ["c", "", "c"], ["c"]),
            ([:], [], []),
        ] as [([String: [String]], [String], [String])]
    )
    func `the order is Okteto's`(graph: [String: [String]], names: [String], expected: [String]) throws {
        #expect(try order(tests(graph), names) == expected)
    }

    @Test func `an unknown name is an error with a suggestion`() {
        let error = #expect(throws: ManifestModelError.self) { try order(tests(["unit": []]), ["unt"]) }
        #expect(error?.code == .unknownTest)
        #expect(error?.message == "there is no test 'unt': did you mean 'unit'?")
    }

    @Test(
        arguments: [
            (["a": ["b"]], ManifestModelError.Code.unknownTest), (["a": ["a"]], .testCycle),
            (["a": ["b"], "b": ["a"]], .testCycle),
        ] as [([String: [String]], ManifestModelError.Code)]
    )
    func `a broken dependency fails every selection`(
        graph: [String: [String]],
        code: ManifestModelError.Code
    ) {
        let error = #expect(throws: ManifestModelError.self) { try order(tests(graph), ["a"]) }
        #expect(error?.code == code)
    }

    @Test func `a chain of many tests is ordered in bounded stack`() throws {
        let chain = (0..<5000).map { number in
            TestPhase(
                name: Marked("t\(number)", at: .start),
                commands: [Command(script: "x")],
                dependsOn: number < 4999 ? [Marked("t\(number + 1)", at: .start)] : []
            )
        }
        #expect(try TestGraph(chain).order().first?.name.value == "t4999")
    }
}
