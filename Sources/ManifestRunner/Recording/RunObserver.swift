/// What is told of a run's events.
protocol RunObserver: Sendable {
    /// Whether it wants the commands' output, which costs a copy of it.
    var wantsOutput: Bool { get }

    /// Takes in an event. Events come one after the other, in their order, from any thread; whoever takes long holds up
    /// the run.
    func observe(_ event: RunEvent, at instant: RunInstant)
}
