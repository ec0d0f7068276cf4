internal import ProcessEnvironment
internal import Synchronization

/// The lanes of the phases of a run that may print at the same time.
final class OutputLanes: RunObserver {
    /// How long the beginning of a line waits for its end: a person waits for a prompt or a row of dots, a log does not.
    private static let terminalPatience = Duration.milliseconds(200)
    private static let logPatience = Duration.seconds(2)
    private static let pause = Duration.milliseconds(100)

    private struct State {
        var lanes: [PhaseKind: any OutputLane] = [:]
        var isOver = false
    }

    let wantsOutput = false
    private let order: LogOrder
    private let isColoured: Bool
    private let isForced: Bool
    private let isTerminal: [Bool]
    private let patience: Duration
    private let writer: OutputWriter
    private let turns = GroupedTurns()
    private let state = Mutex(State())

    /// Creates no lanes yet; `isTerminal` says of each of the two streams whether it ends on one, `isForced` that colours
    /// go elsewhere too; `patience` is how long the beginning of a line waits for its end.
    init(
        _ order: LogOrder,
        isColoured: Bool,
        isForced: Bool = false,
        isTerminal: [Bool],
        patience: Duration? = nil,
        writer: OutputWriter
    ) {
        self.patience = patience ?? (isTerminal.contains(true) ? Self.terminalPatience : Self.logPatience)
        self.order = order
        self.isColoured = isColoured
        self.isForced = isForced
        self.isTerminal = isTerminal
        self.writer = writer
    }

    /// Gives each of these phases a lane: several of them may run at once.
    func arrange(_ phases: [PhaseKind]) {
        let columns = isTerminal.contains(true) ? TerminalSize.ofStandardError.columns : nil
        let prefixes = isTerminal.map { isTerminal in
            LanePrefix.texts(of: phases, columns: columns, isColoured: isColoured && (isTerminal || isForced))
        }
        var lanes: [PhaseKind: any OutputLane] = [:]
        for (id, phase) in phases.enumerated() {
            switch order {
            case .stream:
                lanes[phase] = PrefixedLane(prefixes.map { $0[id] }, id: id, isTerminal: isTerminal, writer: writer)
            case .grouped:
                let head = LanePrefix.head(of: phase, columns: columns, isColoured: isColoured)
                lanes[phase] = GroupedLane(head: head, id: id, turns: turns, writer: writer)
            }
        }
        let made = lanes
        state.withLock { $0.lanes = made }
        guard order == .stream else { return }
        // Without a thread, lines come when they end.
        try? DedicatedThread.start { [self] in
            while let lanes = state.withLock({ $0.isOver ? nil : Array($0.lanes.values) }) {
                for lane in lanes { lane.showUnfinishedLines(since: .now - patience) }
                DedicatedThread.pause(Self.pause)
            }
        }
    }

    /// Returns the lane of a phase; nil where it is alone and writes as it likes.
    func lane(of phase: PhaseKind) -> (any OutputLane)? {
        state.withLock { $0.lanes[phase] }
    }

    func observe(_ event: RunEvent, at _: RunInstant) {
        switch event {
        case .phaseBegan(let phase): lane(of: phase)?.begin()
        case .phaseEnded(let phase, _): lane(of: phase)?.end()
        case .ended: finish()
        default: break
        }
    }

    private func finish() {
        let lanes = state.withLock { state in
            state.isOver = true
            return Array(state.lanes.values)
        }
        for lane in lanes { lane.endLines() }
        turns.finish()
    }
}
