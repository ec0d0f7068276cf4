internal import Synchronization

/// Whose block is shown: the first phase that runs is shown as it prints, those that end meanwhile after it, and then the
/// one that has run longest.
///
/// Where all together hold more than ``HeldBudget`` allows, the block that grows is shown out of its turn.
final class GroupedTurns: Sendable {
    private struct State {
        /// Those that run, the first one shown.
        var running: [(id: Int, lane: GroupedLane)] = []
        var ended: [GroupedLane] = []
    }

    /// What the lanes may hold.
    let budget: HeldBudget
    private let state = Mutex(State())

    init(budget: HeldBudget = HeldBudget()) {
        self.budget = budget
    }

    /// A phase has begun.
    func begin(_ id: Int, _ lane: GroupedLane) {
        state.withLock { state in
            guard !state.running.contains(where: { $0.id == id }) else { return }
            state.running.append((id, lane))
            if state.running.count == 1 { lane.show() }
        }
    }

    /// A phase has ended.
    func end(_ id: Int) {
        state.withLock { state in
            guard let index = state.running.firstIndex(where: { $0.id == id }) else { return }
            let lane = state.running.remove(at: index).lane
            guard index == 0 else { return state.ended.append(lane) }
            for ended in state.ended { ended.show() }
            state.ended = []
            state.running.first?.lane.show()
        }
    }

    /// Shows everything that is held: the run has ended.
    func finish() {
        state.withLock { state in
            for lane in state.ended + state.running.map(\.lane) { lane.show() }
            state = State()
        }
    }
}
