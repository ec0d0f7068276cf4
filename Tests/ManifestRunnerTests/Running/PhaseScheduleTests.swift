import ManifestModel
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct PhaseScheduleTests {
    private func phases(_ graph: [(String, [String])]) -> [PlannedPhase] {
        graph.map { name, needs in PlannedPhase(test: name, dependencies: needs) }
    }

    @Test func `phases begin in the plan's order, as many at once as there are jobs`() {
        var schedule = PhaseSchedule(phases([("a", []), ("b", []), ("c", [])]), jobs: 2)
        #expect(schedule.begin() == 0)
        #expect(schedule.begin() == 1)
        #expect(schedule.begin() == nil)
        #expect(schedule.end(1, isSuccess: true).isEmpty)
        #expect(schedule.begin() == 2)
        #expect(!schedule.isDone)
        _ = schedule.end(0, isSuccess: true)
        _ = schedule.end(2, isSuccess: true)
        #expect(schedule.isDone)
    }

    @Test func `a phase waits for all that it depends on`() {
        var schedule = PhaseSchedule(phases([("a", []), ("b", []), ("c", ["a", "b"]), ("d", [])]), jobs: 9)
        #expect([schedule.begin(), schedule.begin(), schedule.begin(), schedule.begin()] == [0, 1, 3, nil])
        _ = schedule.end(0, isSuccess: true)
        #expect(schedule.begin() == nil)
        _ = schedule.end(1, isSuccess: true)
        #expect(schedule.begin() == 2)
    }

    @Test func `what depends on a failure is skipped, however far away, and others go on`() {
        var schedule = PhaseSchedule(
            phases([("a", []), ("b", ["a"]), ("c", ["b"]), ("d", []), ("e", ["a", "d"])]),
            jobs: 9
        )
        #expect([schedule.begin(), schedule.begin()] == [0, 3])
        let skipped = schedule.end(0, isSuccess: false)
        #expect(Set(skipped.map(\.phase)) == [1, 2, 4])
        for (phase, because) in skipped { #expect(because == (phase == 2 ? 1 : 0)) }
        #expect(schedule.begin() == nil)
        #expect(schedule.waiting.isEmpty)
        #expect(schedule.end(3, isSuccess: true).isEmpty)
        #expect(schedule.isDone)
    }

    @Test func `a second failure skips nothing twice`() {
        var schedule = PhaseSchedule(phases([("a", []), ("b", []), ("c", ["a", "b"])]), jobs: 9)
        _ = (schedule.begin(), schedule.begin())
        #expect(schedule.end(0, isSuccess: false).map(\.phase) == [2])
        #expect(schedule.end(1, isSuccess: false).isEmpty)
        #expect(schedule.isDone)
    }

    @Test func `a phase that is preferred begins before others that may`() {
        var schedule = PhaseSchedule(phases([("a", []), ("b", []), ("c", ["a"])]), jobs: 9)
        #expect(schedule.begin(preferring: { $0 == 1 }) == 1)
        #expect(schedule.begin(preferring: { $0 == 2 }) == 0)
    }

    @Test func `after a stop nothing begins`() {
        var schedule = PhaseSchedule(phases([("a", []), ("b", []), ("c", ["a"])]), jobs: 1)
        #expect(schedule.begin() == 0)
        #expect(schedule.stop() == [1, 2])
        #expect(schedule.end(0, isSuccess: true).isEmpty)
        #expect(schedule.begin() == nil)
        #expect(schedule.isDone)
        #expect(schedule.stop().isEmpty)
    }

    @Test(arguments: [0, -3])
    func `there is at least one job`(jobs: Int) {
        var schedule = PhaseSchedule(phases([("a", [])]), jobs: jobs)
        #expect(schedule.begin() == 0)
    }

    @Test func `a random graph runs every phase once and none before what it depends on`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let count = Int.random(in: 1...40, using: &generator)
            let graph = (0..<count).map { index in
                (
                    "\(index)",
                    (0..<index).filter { _ in Int.random(in: 0..<6, using: &generator) == 0 }.map { "\($0)" }
                )
            }
            let jobs = Int.random(in: 1...8, using: &generator)
            var schedule = PhaseSchedule(phases(graph), jobs: jobs)
            var running: [Int] = []
            var state = [Bool?](repeating: nil, count: count)
            while !schedule.isDone {
                while let next = schedule.begin() {
                    #expect(state[next] == nil && !running.contains(next))
                    #expect(graph[next].1.allSatisfy { Int($0).map { state[$0] == true } == true })
                    running.append(next)
                    #expect(running.count <= jobs)
                }
                let ended = running.remove(at: Int.random(in: running.indices, using: &generator))
                state[ended] = Int.random(in: 0..<8, using: &generator) > 0
                for (skipped, because) in schedule.end(ended, isSuccess: state[ended] == true) {
                    #expect(state[skipped] == nil && state[because] == false)
                    #expect(graph[skipped].1.contains("\(because)"))
                    state[skipped] = false
                }
            }
            #expect(!state.contains(nil) && running.isEmpty)
        }
    }
}
