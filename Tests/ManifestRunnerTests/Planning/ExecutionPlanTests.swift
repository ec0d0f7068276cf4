import Testing

@testable import ManifestRunner

@Suite struct ExecutionPlanTests {
    private func plan(_ graph: [(String, [String])]) -> ExecutionPlan {
        ExecutionPlan(phases: graph.map { PlannedPhase(test: $0.0, dependencies: $0.1) }, notices: [])
    }

    @Test func `phases that each wait for the one before never run at once`() {
        #expect(plan([]).isChain)
        #expect(plan([("a", [])]).isChain)
        #expect(plan([("a", []), ("b", ["a"]), ("c", ["a", "b"])]).isChain)
        #expect(!plan([("a", []), ("b", [])]).isChain)
        #expect(!plan([("a", []), ("b", ["a"]), ("c", ["a"])]).isChain)
    }

    @Test func `every phase of a plan that follows another waits for all of it`() {
        let first = ExecutionPlan(phases: [PlannedPhase(test: "x")], notices: ["one"])
        let whole = first.followed(by: ExecutionPlan(phases: [PlannedPhase(test: "a")], notices: ["two"], jobs: 3))
        #expect(whole.phases.map(\.kind) == [.test("x"), .test("a")])
        #expect(whole.phases[1].dependencies == [.test("x")])
        #expect(whole.notices == ["one", "two"] && whole.jobs == 3)
    }
}
