import Testing

@testable import ManifestRunner

@Suite struct GroupedLaneTests {
    /// Lanes that have all begun, the first of which is shown.
    private func lanes(_ count: Int, _ budget: HeldBudget, _ files: borrowing WrittenFiles) -> [GroupedLane] {
        let turns = GroupedTurns(budget: budget)
        let lanes = (0..<count).map { GroupedLane(head: "── \($0)", id: $0, turns: turns, writer: files.writer) }
        for lane in lanes { lane.begin() }
        return lanes
    }

    @Test func `what is more than all may hold is shown out of its turn, whole and under its head`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        let lanes = lanes(4, HeldBudget(bytes: 40), files)
        lanes[0].print("shown\n")
        lanes[1].print("b1234567\n")
        lanes[2].print("c1234567\n")
        // Each piece has a few bytes of its own.
        lanes[1].print("d1234567\n")
        #expect(files.output == "── 0\nshown\n── 1\nb1234567\nd1234567\n")
        lanes[0].print("on\n")
        lanes[0].print("and on\n")
        lanes[1].print("later\n")
        for lane in [lanes[2], lanes[1], lanes[3], lanes[0]] { lane.end() }
        #expect(
            files.output == """
                ── 0
                shown
                ── 1
                b1234567
                d1234567
                ── 0
                on
                and on
                ── 2
                c1234567
                ── 1
                later
                ── 3

                """
        )
    }

    @Test func `room that a block has left is there for others`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        let lanes = lanes(3, HeldBudget(bytes: 40), files)
        for lane in lanes[1...] { lane.print(String(repeating: "x", count: 14) + "\n") }
        #expect(files.output == "── 0\n")
        lanes[0].end()
        let shown = "── 0\n── 1\n" + String(repeating: "x", count: 14) + "\n"
        #expect(files.output == shown)
        lanes[2].print("y2345678\n")
        #expect(files.output == shown, "the first's room is free")
    }

    @Test func `so is one that would take a file more than there may be`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        let lanes = lanes(4, HeldBudget(files: 2), files)
        let large = String(repeating: "x", count: HeldBlock.memory - 100) + "\n"
        for lane in lanes[1...] {
            lane.print(large)
            lane.print(large)
        }
        #expect(files.output == "── 0\n── 3\n" + large + large)
        lanes[3].print("again\n")
        #expect(files.output == "── 0\n── 3\n" + large + large, "it is held again")
        for lane in lanes { lane.end() }
    }

    @Test func `by default nothing is shown out of its turn before 64 MiB`() {
        let budget = HeldBudget()
        let all = HeldBudget.Share(bytes: 64 << 20, files: 64)
        #expect(budget.change(from: HeldBudget.Share(), to: all))
        #expect(!budget.change(from: HeldBudget.Share(), to: HeldBudget.Share(bytes: 1)))
        #expect(budget.change(from: HeldBudget.Share(bytes: 1), to: HeldBudget.Share()))
        #expect(!budget.change(from: HeldBudget.Share(), to: HeldBudget.Share(files: 1)))
    }
}
