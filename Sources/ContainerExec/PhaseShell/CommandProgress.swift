/// How far the running command has come, and what is to be sent to it.
///
/// TERM is sent once: when the run is cancelled, but not before the command's process has said that it takes TERM.
/// Before that it would be lost; a second one would end what the command's own trap has begun. KILL follows when the
/// grace is over. Once a second the driver is asked whether it can still tell the command's end.
struct CommandProgress: Sendable {
    /// What is a matter of time.
    enum Due: Hashable {
        case nothing
        /// To have the driver stop after the running command, so that the next one is begun from here.
        case hold
        /// To ask whether the job of the command with that number is still there.
        case probe(Int)
        case kill
    }

    private static let probeInterval = Duration.seconds(1)
    /// How long a command may run and the next one still begin without okteto-run having a say.
    private static let holdTime = Duration.milliseconds(100)
    private static let never = Duration.seconds(3_600)

    /// Counts the commands, so that a late answer about one is not taken for one about the next.
    private(set) var number = 0
    /// How many commands of the series have ended.
    private(set) var endedCount = 0
    private(set) var isRunning = false
    private(set) var wasCancelled = false
    private var count = 0
    private var hasStarted = false
    private var isHeld = false
    private var grace = Duration.zero
    private var begin = ContinuousClock.now
    private var nextProbe = ContinuousClock.now
    private var killTime: ContinuousClock.Instant?

    /// The first of `count` commands begins; `grace` is the time between TERM and KILL when it is cancelled.
    mutating func begin(_ count: Int = 1, grace: Duration, at now: ContinuousClock.Instant = .now) {
        self.count = count
        self.grace = grace
        endedCount = 0
        killTime = nil
        isRunning = true
        wasCancelled = false
        beginCommand(at: now)
    }

    /// The running command has ended, and the next one of the series begins.
    ///
    /// A cancellation that came too late for the one is meant for the other.
    mutating func goOn(at now: ContinuousClock.Instant = .now) {
        endedCount += 1
        beginCommand(at: now)
    }

    private mutating func beginCommand(at now: ContinuousClock.Instant) {
        number += 1
        begin = now
        nextProbe = now + Self.probeInterval
        hasStarted = false
        isHeld = false
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
            self.killTime = now + Self.never
            return .kill
        }
        if !isHeld, hasStarted, endedCount + 1 < count, now >= begin + Self.holdTime {
            isHeld = true
            return .hold
        }
        guard now >= nextProbe else { return .nothing }
        nextProbe = now + Self.probeInterval
        return .probe(number)
    }

    /// The command has ended, and with it the series.
    mutating func end() {
        guard isRunning else { return }
        isRunning = false
        endedCount += 1
    }
}
