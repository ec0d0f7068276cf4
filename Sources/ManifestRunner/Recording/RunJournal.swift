internal import FoundationEssentials
internal import Synchronization

/// Tells the observers of a run what happens in it.
final class RunJournal: Sendable {
    private let observers: [any RunObserver]
    private let start = ContinuousClock.now
    /// Held while an event is told, so that all observers see one order.
    private let turn = Mutex(())
    /// The trace that the run's commands are part of; nil where none is wanted.
    let trace: RunTrace?

    /// Whether an observer wants the commands' output.
    let wantsOutput: Bool

    init(_ observers: [any RunObserver] = [], trace: RunTrace? = nil) {
        self.observers = observers
        self.trace = trace
        wantsOutput = observers.contains(where: \.wantsOutput)
    }

    /// Tells of an event, now.
    func record(_ event: RunEvent) {
        guard !observers.isEmpty else { return }
        turn.withLock { _ in
            let instant = RunInstant(date: Date(), elapsed: ContinuousClock.now - start)
            for observer in observers { observer.observe(event, at: instant) }
        }
    }
}
