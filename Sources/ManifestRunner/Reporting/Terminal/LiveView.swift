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
        var activities: [(id: Int, activity: Activity)] = []
        var count = 0
        var isTicking = false
        var isOver = false
    }

    let wantsOutput = false
    private let recorder: RunRecorder
    private let isColoured: Bool
    private let masks: ReporterMasks
    private let writer: OutputWriter
    private let state = Mutex(State())
    /// Held while rows are made and drawn, so that no older ones are drawn over newer ones.
    private let drawing = Mutex(())

    /// Creates a view of what `recorder` keeps, which must be told of events before the view is.
    ///
    /// Standard error must be a terminal that understands control sequences.
    init(of recorder: RunRecorder, isColoured: Bool, masks: ReporterMasks, writer: OutputWriter) {
        self.recorder = recorder
        self.isColoured = isColoured
        self.masks = masks
        self.writer = writer
        oktetorun_count_continuations()
    }

    func observe(_ event: RunEvent, at _: RunInstant) {
        switch event {
        case .ended: finish()
        case .planned, .stepBegan: tick()
        default: break
        }
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
        guard isFirst else { return }
        // Without a thread there is no view, and the output comes all the same.
        try? DedicatedThread.start { [self] in
            oktetorun_defer_stops(true)
            repeat {
                DedicatedThread.pause(Self.pause)
                if oktetorun_take_stop_request() { stop() }
                refresh()
            } while !state.withLock({ $0.isOver })
            oktetorun_defer_stops(false)
        }
    }

    /// Stops the program, as Ctrl-Z asks for, with nothing of the view on the screen of the shell.
    private func stop() {
        drawing.withLock { _ in
            writer.show([])
            oktetorun_stop()
        }
    }

    private func refresh() {
        drawing.withLock { _ in
            let size = TerminalSize.ofStandardError
            // A shell that has put this program into its background has the screen for itself.
            let activities: [Activity]? = state.withLock { state in
                state.isOver || oktetorun_is_in_background(2) ? nil : state.activities.map(\.activity)
            }
            guard let activities else { return writer.show([]) }
            let (board, elapsed) = recorder.current
            let now = ContinuousClock.now
            let shown = activities.filter { now - $0.start >= $0.silence }
            let view = BoardView(size: size, isColoured: isColoured, concealed: masks.concealed)
            writer.show(view.rows(of: board, shown.map { ($0, now - $0.start) }, at: elapsed))
        }
    }
}
