@testable import ManifestRunner

/// The state of a run of tests, made of events.
struct SampleBoard {
    private(set) var board = RunBoard()

    /// A run of tests, each of the commands `make` and `check`, in the order `a`, `b` …; some depend on others.
    init(_ names: [String], dependencies: [String: [String]] = [:]) {
        let outlines = names.map { name in
            PhaseOutline(
                kind: .test(name),
                place: .shell,
                commands: ["make", "check"].enumerated().map {
                    CommandOutline(title: $1, script: $1, path: "okteto.yml", line: $0 + 3, column: 5)
                },
                dependencies: (dependencies[name] ?? []).map { .test($0) }
            )
        }
        happens(.planned(outlines), at: 0)
    }

    /// An event, so many tenths of a second after the start.
    mutating func happens(_ event: RunEvent, at tenths: Int) {
        board.observe(event, at: .milliseconds(tenths * 100))
    }

    mutating func runs(_ name: String, from start: Int) {
        happens(.phaseBegan(.test(name)), at: start)
        happens(.commandBegan(.test(name), 0), at: start)
    }

    mutating func passes(_ name: String, from start: Int, to end: Int) {
        runs(name, from: start)
        happens(.commandEnded(.test(name), 0, .success), at: end)
        happens(.phaseEnded(.test(name), .succeeded), at: end)
    }

    mutating func fails(_ name: String, from start: Int, to end: Int) {
        runs(name, from: start)
        let outcome = CommandOutcome(exitStatus: 3, wasCancelled: false, cause: "failed with exit status 3")
        happens(.commandEnded(.test(name), 0, outcome), at: end)
        happens(.phaseEnded(.test(name), .failed(.command(3), message: "a command failed")), at: end)
    }

    mutating func isSkipped(_ name: String, _ reason: SkipReason, at tenths: Int) {
        happens(.phaseEnded(.test(name), .skipped(reason)), at: tenths)
    }
}
