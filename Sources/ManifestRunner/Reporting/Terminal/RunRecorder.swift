internal import Synchronization

/// Keeps the state of a run, for the live view and the summary at the end.
final class RunRecorder: RunObserver {
    private struct State {
        var board = RunBoard()
        /// The time of the last event, since the run's start and by the clock.
        var elapsed = Duration.zero
        var instant = ContinuousClock.now
    }

    let wantsOutput = false
    private let state = Mutex(State())

    /// The state of the run, and the time since its start.
    var current: (board: RunBoard, elapsed: Duration) {
        state.withLock { ($0.board, $0.elapsed + (ContinuousClock.now - $0.instant)) }
    }

    func observe(_ event: RunEvent, at instant: RunInstant) {
        state.withLock { state in
            state.board.observe(event, at: instant.elapsed)
            state.elapsed = instant.elapsed
            state.instant = .now
        }
    }
}
