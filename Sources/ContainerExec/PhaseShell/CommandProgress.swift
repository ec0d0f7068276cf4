/// How far the running command has come, and whether TERM is to be sent to it.
///
/// TERM is sent once: when the run is cancelled, but not before the command's process has said that it takes TERM.
/// Before that it would be lost; a second one would end what the command's own trap has begun.
struct CommandProgress: Sendable {
    /// Counts the commands, so that a late answer about one is not taken for one about the next.
    private(set) var number = 0
    private(set) var isRunning = false
    private(set) var wasCancelled = false
    private var hasStarted = false

    /// A command begins.
    mutating func begin() {
        number += 1
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
    mutating func cancel() -> Bool {
        guard !wasCancelled else { return false }
        wasCancelled = true
        return isRunning && hasStarted
    }

    /// The command has ended.
    mutating func end() {
        isRunning = false
    }
}
