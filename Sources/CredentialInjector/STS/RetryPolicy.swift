internal import HTTPTransport

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
    ///
    /// A pause that the service wishes for is the least, within the same upper bound.
    package func pause(afterAttempt attempt: Int, random: Double, wish: Duration? = nil) -> Duration {
        let bound = min(base * (1 << min(max(attempt - 1, 0), 16)), maximumPause)
        return max(bound * min(max(random, 0), 1), min(wish ?? .zero, maximumPause))
    }

    /// Returns how long a response asks to wait: AWS in milliseconds, others by `Retry-After` in seconds
    /// (RFC 9110 §10.2.3); nil where it does not, or names a date.
    static func wish(of response: HTTPResponse) -> Duration? {
        if let milliseconds = response.header("x-amz-retry-after").flatMap({ UInt32($0) }) {
            return .milliseconds(Int64(milliseconds))
        }
        return response.header("retry-after").flatMap { UInt32($0) }.map { .seconds(Int64($0)) }
    }
}
