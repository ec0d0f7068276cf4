/// Something that happens in a run of deploy, test or destroy; reports, traces and the live view are made of these alone.
///
/// All text in them is masked already, and none of it is trusted: it comes from the repository, from commands and from
/// servers, and whoever shows it escapes it for where it is shown.
enum RunEvent: Sendable {
    /// The plan is made: its phases, in the order in which they are shown.
    case planned([PhaseOutline])
    /// Something that the run, or one phase, waits for begins.
    case stepBegan(RunStep, PhaseKind?)
    /// It has ended.
    case stepEnded(RunStep, PhaseKind?, isSuccess: Bool)
    /// A role has been assumed.
    case assumed(AssumedRole)
    /// A phase begins.
    case phaseBegan(PhaseKind)
    /// A command of a phase begins: the one with this place among the outline's commands.
    case commandBegan(PhaseKind, Int)
    /// A command, or what prepares its shell (nil), has printed something; pieces end anywhere.
    case output(PhaseKind, command: Int?, OutputWriter.Target, [UInt8])
    /// A command has ended.
    case commandEnded(PhaseKind, Int, CommandOutcome)
    /// An artifact has been brought into the tree.
    case artifact(PhaseKind, ArtifactRecord)
    /// okteto-run has said a line of its own, about a phase or about the run.
    case message(PhaseKind?, Reporter.Level, String, hint: String?)
    /// A phase has ended, or is passed over. Every phase of the plan comes here once, unless the run ends by a signal
    /// or an error before it does.
    case phaseEnded(PhaseKind, PhaseOutcome)
    /// The run has ended; nothing comes after this.
    case ended(ExitStatus)
}
