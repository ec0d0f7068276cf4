/// Tells a channel's thread when the next tick is due, whether it waits or is busy with output.
struct ChannelClock {
    /// The time between two ticks, which is also the longest that the thread may wait.
    static let milliseconds: CInt = 200

    private var next = ContinuousClock.now + .milliseconds(Int(milliseconds))

    /// Returns whether a tick is due, once for each.
    mutating func isDue() -> Bool {
        let now = ContinuousClock.now
        guard now >= next else { return false }
        next = now + .milliseconds(Int(Self.milliseconds))
        return true
    }
}
