internal import Synchronization

/// Which tests of a run run, which have ended, and which have passed since the watch began.
final class TestProgress: RunObserver {
    private struct State {
        var begun: Set<PhaseKind> = []
        var ended: Set<PhaseKind> = []
        var planned: Set<PhaseKind> = []
        var passed: Set<PhaseKind> = []
    }

    private let state = Mutex(State())

    let wantsOutput = false

    func observe(_ event: RunEvent, at _: RunInstant) {
        state.withLock { state in
            switch event {
            case .planned(let phases):
                state.begun = []
                state.ended = []
                state.planned = Set(phases.map(\.kind))
                state.passed.subtract(state.planned)
            case .phaseBegan(let kind): state.begun.insert(kind)
            case .phaseEnded(let kind, let outcome):
                state.begun.insert(kind)
                state.ended.insert(kind)
                if outcome.isSuccess { state.passed.insert(kind) }
            default: break
            }
        }
    }

    /// Those that run now.
    var running: Set<PhaseKind> { state.withLock { $0.begun.subtracting($0.ended) } }

    /// Those whose turn is still to come.
    var waiting: Set<PhaseKind> { state.withLock { $0.planned.subtracting($0.begun) } }

    /// Those of the last run that have not passed.
    var unfinished: Set<PhaseKind> { state.withLock { $0.planned.subtracting($0.passed) } }

    /// Those that passed when they last ran.
    var passed: Set<PhaseKind> { state.withLock { $0.passed } }
}
