import Testing

@testable import ManifestRunner

@Suite struct ExecutionPlanTests {
    private func isParallel(_ graph: [(String, [String])], jobs: Int?) -> Bool {
        let phases = graph.map { name, needs in PlannedPhase(test: name, dependencies: needs) }
        return ExecutionPlan(phases: phases, notices: [], jobs: jobs).isParallel
    }

    @Test func `several run at once unless there is one, one at a time, or a row in which each waits for the last`() {
        #expect(isParallel([("a", []), ("b", [])], jobs: 2))
        #expect(isParallel([("a", []), ("b", ["a"]), ("c", ["a"])], jobs: 2))
        #expect(!isParallel([("a", []), ("b", ["a"]), ("c", ["a", "b"])], jobs: 2))
        #expect(!isParallel([("a", []), ("b", [])], jobs: 1))
        #expect(!isParallel([("a", [])], jobs: 8))
        #expect(!isParallel([], jobs: nil))
    }

    @Test func `every phase of a plan that follows another waits for all of it`() {
        let first = ExecutionPlan(phases: [PlannedPhase(test: "x")], notices: ["one"])
        let whole = first.followed(by: ExecutionPlan(phases: [PlannedPhase(test: "a")], notices: ["two"], jobs: 3))
        #expect(whole.phases.map(\.kind) == [.test("x"), .test("a")])
        #expect(whole.phases[1].dependencies == [.test("x")])
        #expect(whole.notices == ["one", "two"] && whole.jobs == 3)
    }
}
