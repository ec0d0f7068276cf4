/// How often and how soon STS is asked again.
package struct RetryPolicy: Sendable, Hashable {
    /// The attempts in all.
    package var maximumAttempts: Int
    /// The upper bound of the first pause; each further one is twice as long.
    package var base: Duration
    /// The upper bound of any pause.
    package var maximumPause: Duration
    /// The time for all attempts and pauses.
    package var deadline: Duration
    /// The time for one attempt.
    package var perAttempt: Duration

    /// Creates a policy; the defaults give up after three attempts or thirty seconds.
    package init(
        maximumAttempts: Int = 3,
        base: Duration = .milliseconds(200),
        maximumPause: Duration = .seconds(5),
        deadline: Duration = .seconds(30),
        perAttempt: Duration = .seconds(15)
    ) {
        self.maximumAttempts = maximumAttempts
        self.base = base
        self.maximumPause = maximumPause
        self.deadline = deadline
        self.perAttempt = perAttempt
    }

    /// Returns the pause after the attempt of that number, counted from 1: `random`, from 0 to 1, of the upper bound.
    ///
    /// The whole of it is random ("full jitter"), so that many clients don't come back at the same moment.
    package func pause(afterAttempt attempt: Int, random: Double) -> Duration {
        let bound = min(base * (1 << min(max(attempt - 1, 0), 16)), maximumPause)
        return bound * min(max(random, 0), 1)
    }
}
