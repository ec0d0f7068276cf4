/// How far the running command has come, and what is to be sent to it.
///
/// TERM is sent once: when the run is cancelled, but not before the command's process has said that it takes TERM.
/// Before that it would be lost; a second one would end what the command's own trap has begun. KILL follows when the
/// grace is over. Once a second the driver is asked whether it can still tell the command's end.
struct CommandProgress: Sendable {
    /// What is a matter of time.
    enum Due: Hashable {
        case nothing
        /// To ask whether the job of the command with that number is still there.
        case probe(Int)
        case kill
    }

    private static let probeInterval = Duration.seconds(1)

    /// Counts the commands, so that a late answer about one is not taken for one about the next.
    private(set) var number = 0
    private(set) var isRunning = false
    private(set) var wasCancelled = false
    private var hasStarted = false
    private var grace = Duration.zero
    private var nextProbe = ContinuousClock.now
    private var killTime: ContinuousClock.Instant?

    /// A command begins; `grace` is the time between TERM and KILL when it is cancelled.
    mutating func begin(grace: Duration, at now: ContinuousClock.Instant = .now) {
        number += 1
        self.grace = grace
        nextProbe = now + Self.probeInterval
        killTime = nil
        isRunning = true
        wasCancelled = false
        hasStarted = false
    }

    /// The command's process takes TERM from now on; returns whether it is to be sent now.
    mutating func start() -> Bool {
        guard isRunning, !hasStarted else { return false }
        hasStarted = true
        return wasCancelled
    }

    /// The run is cancelled; returns whether TERM is to be sent now.
    mutating func cancel(at now: ContinuousClock.Instant = .now) -> Bool {
        guard !wasCancelled else { return false }
        wasCancelled = true
        killTime = now + grace
        return isRunning && hasStarted
    }

    /// Returns what is due at a time, once.
    mutating func due(at now: ContinuousClock.Instant = .now) -> Due {
        guard isRunning else { return .nothing }
        if let killTime {
            guard now >= killTime else { return .nothing }
            self.killTime = now + .seconds(3_600)
            return .kill
        }
        guard now >= nextProbe else { return .nothing }
        nextProbe = now + Self.probeInterval
        return .probe(number)
    }

    /// The command has ended.
    mutating func end() {
        isRunning = false
    }
}
