package import FoundationEssentials

/// Time and chance, as the credentials use them; a test brings its own.
package struct CredentialClock: Sendable {
    /// Returns the time of day of this machine.
    package var now: @Sendable () -> Date
    /// Returns how long something has been running that no setting of the clock moves, suspension included.
    package var elapsed: @Sendable () -> Duration
    /// Waits; ends early when the task is cancelled.
    package var sleep: @Sendable (Duration) async -> Void
    /// Returns a number from 0 to 1.
    package var random: @Sendable () -> Double

    /// Creates a clock of four functions.
    package init(
        now: @escaping @Sendable () -> Date,
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }

    private static let start = ContinuousClock.now

    /// The system's clock and generator.
    package static let system = CredentialClock(
        now: { Date() },
        elapsed: { ContinuousClock.now - start },
        sleep: { duration in
            // A cancelled wait is over; whoever waits looks at the task.
            try? await Task.sleep(for: duration)
        },
        random: { Double.random(in: 0...1) }
    )
}
