internal import CredentialInjector

/// How the phases of a plan ended, in the plan's order.
struct PhaseResults: Sendable {
    private let phases: [PlannedPhase]
    private var outcomes: [PhaseOutcome?]
    private var errors: [(any Error)?]
    /// What keeps every phase from running, where there is such a thing: credentials that are refused.
    private(set) var obstacle: (any Error)?

    init(_ phases: [PlannedPhase]) {
        self.phases = phases
        outcomes = Array(repeating: nil, count: phases.count)
        errors = Array(repeating: nil, count: phases.count)
    }

    /// Takes in how a phase ended; an error while the run is being stopped is what stopped it.
    mutating func add(_ result: Result<ExitStatus, any Error>, of phase: Int, isStopping: Bool) -> PhaseOutcome {
        let outcome: PhaseOutcome
        switch result {
        case .success(.success): outcome = .succeeded
        case .success(let status): outcome = .failed(status, message: "a command ended with status \(status.code)")
        case .failure(let error):
            errors[phase] = error
            if isStopping {
                outcome = .cancelled
            } else {
                let failure = RunFailure(error)
                outcome = .failed(failure.status, message: failure.message)
                if error is CredentialError { obstacle = obstacle ?? error }
            }
        }
        outcomes[phase] = outcome
        return outcome
    }

    /// Takes in that a phase did not run.
    mutating func add(_ reason: SkipReason, of phase: Int) {
        outcomes[phase] = .skipped(reason)
    }

    /// The exit status of the first phase that failed, or success.
    ///
    /// - Throws: what kept every phase from running, or the only one; `CancellationError` where the run was cancelled.
    func status() throws -> ExitStatus {
        if let obstacle { throw obstacle }
        if phases.count == 1, let error = errors[0] { throw error }
        for case .failed(let status, _) in outcomes { return status }
        if outcomes.contains(where: { $0.map { !$0.isSuccess } ?? false }) { throw CancellationError() }
        return .success
    }

    /// How many phases ended how, with the names of those that failed: `2 of 5 failed: test 'a', test 'b'; 1 skipped`.
    var summary: String {
        var failed: [String] = []
        var cancelled = 0
        var skipped = 0
        for (phase, outcome) in zip(phases, outcomes) {
            switch outcome {
            case .failed: failed.append("\(phase.kind)")
            case .cancelled: cancelled += 1
            case .skipped(.unchanged), .succeeded, nil: continue
            case .skipped: skipped += 1
            }
        }
        var parts: [String] = []
        if !failed.isEmpty {
            parts.append("\(failed.count) of \(phases.count) failed: \(failed.joined(separator: ", "))")
        }
        if cancelled > 0 { parts.append("\(cancelled) ended before \(cancelled == 1 ? "its" : "their") end") }
        if skipped > 0 { parts.append("\(skipped) skipped") }
        return parts.isEmpty ? "all \(phases.count) succeeded" : parts.joined(separator: "; ")
    }
}
