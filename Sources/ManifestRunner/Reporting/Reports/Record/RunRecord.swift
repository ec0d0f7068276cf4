internal import ContainerExec
internal import FoundationEssentials

/// A run of deploy, test or destroy as reports tell it: what was planned, what happened, and when.
///
/// Nothing in it is trusted, as in ``RunEvent``: each report escapes it for what it is written in.
struct RunRecord: Sendable {
    /// The command: deploy, test or destroy.
    let command: String
    /// The version of okteto-run.
    let version: String
    /// When the run began.
    let start: Date
    /// How long it took.
    let duration: Duration
    let status: ExitStatus
    /// The role that was assumed, as it was last renewed.
    let role: AssumedRole?
    let steps: [StepRecord]
    /// The phases in the plan's order; empty where the run ended before there was a plan.
    let phases: [PhaseRecord]
    let messages: [MessageRecord]
    /// Masks the run's secrets.
    ///
    /// The output was masked as it came; but one whose parts were kept from each other by colours
    /// becomes whole where those are taken out.
    var masker = SecretMasker()

    /// The commands of all phases.
    var commands: [CommandRecord] { phases.flatMap(\.commands) }

    /// The last error that was said, which is why the run failed.
    var lastError: MessageRecord? { messages.last { $0.level == .error } }

    /// How many phases came out so.
    func count(_ result: RecordedResult) -> Int { phases.count { $0.result == result } }
}
