/// Which phases of a plan may begin, may be prepared and can no longer run: a state without effects.
struct PhaseSchedule: Sendable {
    /// Where a phase is.
    private enum State: Hashable {
        case waiting
        case running
        case succeeded
        case ended
    }

    /// The most phases that run at once.
    let jobs: Int
    /// The places of the phases that need each.
    private let dependents: [[Int]]
    /// How many of the phases that each needs have not succeeded yet.
    private var missing: [Int]
    private var states: [State]
    private var isStopped = false

    /// Creates a schedule of phases; each depends on phases of the plan alone.
    init(_ phases: [PlannedPhase], jobs: Int) {
        self.jobs = max(1, jobs)
        let places = Dictionary(phases.enumerated().map { ($0.element.kind, $0.offset) }) { first, _ in first }
        let needed = phases.map { $0.dependencies.compactMap { places[$0] } }
        var dependents = [[Int]](repeating: [], count: phases.count)
        for (phase, needs) in needed.enumerated() {
            for need in needs { dependents[need].append(phase) }
        }
        self.dependents = dependents
        missing = needed.map(\.count)
        states = Array(repeating: .waiting, count: phases.count)
    }

    /// Whether every phase has ended or can no longer run.
    var isDone: Bool { !states.contains { $0 == .waiting || $0 == .running } }

    /// How many run now.
    var running: Int { states.count { $0 == .running } }

    /// Begins the next phase and returns its place; nil while none may begin.
    ///
    /// Of those that may, the first one that is `preferred` begins, else the first.
    mutating func begin(preferring preferred: (Int) -> Bool = { _ in false }) -> Int? {
        guard !isStopped, running < jobs else { return nil }
        let ready = states.indices.filter { states[$0] == .waiting && missing[$0] == 0 }
        guard let next = ready.first(where: preferred) ?? ready.first else { return nil }
        states[next] = .running
        return next
    }

    /// The places of the phases that may still run and have not begun, in the plan's order.
    var waiting: [Int] { isStopped ? [] : states.indices.filter { states[$0] == .waiting } }

    /// Ends a phase that runs, and returns those that can no longer run, each with the one it depends on that did not
    /// succeed.
    mutating func end(_ phase: Int, isSuccess: Bool) -> [(phase: Int, because: Int)] {
        states[phase] = isSuccess ? .succeeded : .ended
        guard !isSuccess else {
            for dependent in dependents[phase] { missing[dependent] -= 1 }
            return []
        }
        var skipped: [(phase: Int, because: Int)] = []
        var failed = [phase]
        while let cause = failed.popLast() {
            for dependent in dependents[cause] where states[dependent] == .waiting {
                states[dependent] = .ended
                skipped.append((dependent, cause))
                failed.append(dependent)
            }
        }
        return skipped
    }

    /// Lets no further phase begin, and returns those that had not.
    mutating func stop() -> [Int] {
        let left = waiting
        isStopped = true
        for phase in left { states[phase] = .ended }
        return left
    }
}
