/// Where the time of a run went: the sum over its phases, which may have run at once.
struct TimeSpent: Sendable {
    private var steps: [RunStep: Duration] = [:]
    /// The time of the commands.
    var commands = Duration.zero

    /// Adds the time of a step, without that of steps within it.
    mutating func add(_ time: Duration, of step: RunStep) {
        steps[step, default: .zero] += time
    }

    /// `commands 48s · pull 12s · credentials 0.4s`, the longest first; what took less than a tenth of a second is left
    /// out.
    var summary: String {
        var times = RunStep.allCases.map { (name: $0.rawValue, time: steps[$0] ?? .zero) }
        times.append((name: "commands", time: commands))
        let told = times.filter { $0.time >= .milliseconds(100) }.sorted { $0.time > $1.time }
        return told.map { "\($0.name) \(RunTime.text($0.time))" }.joined(separator: " · ")
    }
}
