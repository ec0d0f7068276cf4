internal import CPlatform
internal import ProcessEnvironment
internal import Synchronization

/// Shows the state of a run on a terminal, below its output, and redraws it as time passes.
///
/// One thread draws, ten times a second. While the terminal takes nothing (Ctrl-S), that thread waits, and the run goes on
/// until it prints something itself.
final class LiveView: RunObserver {
    private static let pause = Duration.milliseconds(100)

    private struct State {
        var board = RunBoard()
        var activities: [(id: Int, activity: Activity)] = []
        var count = 0
        /// The time of the last event since the run's start, and by the clock.
        var last = (elapsed: Duration.zero, instant: ContinuousClock.now)
        var isTicking = false
        var isOver = false
    }

    let wantsOutput = false
    private let isColoured: Bool
    private let writer: OutputWriter
    private let state = Mutex(State())
    /// Held while rows are made and drawn, so that no older ones are drawn over newer ones.
    private let drawing = Mutex(())

    /// Creates a view on standard error, which must be a terminal that understands control sequences.
    init(isColoured: Bool, writer: OutputWriter) {
        self.isColoured = isColoured
        self.writer = writer
        oktetorun_count_continuations()
    }

    /// Whether the run has several phases, so that each has a row.
    var isTable: Bool { state.withLock { $0.board.phases.count > 1 } }

    func observe(_ event: RunEvent, at instant: RunInstant) {
        state.withLock { state in
            state.board.observe(event, at: instant.elapsed)
            state.last = (instant.elapsed, .now)
        }
        tick()
        if case .ended = event { refresh() }
    }

    /// Shows an activity from now on, and returns its number.
    func begin(_ activity: Activity) -> Int {
        let id = state.withLock { state in
            state.count += 1
            state.activities.append((state.count, activity))
            return state.count
        }
        tick()
        return id
    }

    /// Shows the activity with that number no longer.
    func end(_ id: Int) {
        state.withLock { state in state.activities.removeAll { $0.id == id } }
        refresh()
    }

    /// Takes everything away, for good.
    func finish() {
        state.withLock { $0.isOver = true }
        refresh()
    }

    /// Starts the thread that draws, once.
    private func tick() {
        let isFirst = state.withLock { state in
            guard !state.isTicking, !state.isOver else { return false }
            state.isTicking = true
            return true
        }
        // Without a thread the output comes all the same.
        guard isFirst else { return }
        try? DedicatedThread.start { [self] in
            repeat {
                DedicatedThread.pause(Self.pause)
                refresh()
            } while !state.withLock({ $0.isOver })
        }
    }

    private func refresh() {
        drawing.withLock { _ in
            let size = TerminalSize.ofStandardError
            let view = BoardView(size: size, isColoured: isColoured)
            let isHidden = oktetorun_is_in_background(2)
            let rows: [LiveRow] = state.withLock { state in
                guard !state.isOver, !isHidden else { return [] }
                let now = ContinuousClock.now
                let shown = state.activities.map(\.activity).filter { now - $0.start >= $0.silence }
                return view.rows(
                    of: state.board,
                    shown.map { ($0.phase, $0.title, $0.handle.state, now - $0.start) },
                    at: state.last.elapsed + (now - state.last.instant)
                )
            }
            writer.show(rows, columns: size.columns)
        }
    }
}
