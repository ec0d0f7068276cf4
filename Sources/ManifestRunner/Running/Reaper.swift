internal import ContainerExec
internal import ProcessEnvironment

/// Makes sure that no container outlives a run that is killed in whatever moment.
///
/// A container whose shell runs goes away by itself when its input ends. One that is created and not yet started does
/// not, and a killed process cannot remove it. So a second process waits beside the run, without credentials, and
/// removes what is there when the run ends without a word (docs/design/005-reaper.md).
struct Reaper: Sendable {
    private let companion: Companion

    /// Starts the process; it looks for the same engine as the run.
    ///
    /// - Throws: ``SystemError`` when the system has no process left.
    init(identity: RunIdentity, engine: EngineChoice, environment: EnvironmentVariables) throws(SystemError) {
        companion = try Companion(
            arguments: ["reap", "--run", identity.run, "--engine", engine.rawValue],
            environment: environment.filter(EngineLocator.isSetting)
        )
    }

    /// Ends the process: the run has cleaned up after itself.
    func dismiss() async {
        // A thread that cannot be started leaves the process to the end of the pipe, and with it to its work.
        try? await DedicatedThread.run { [companion] in companion.dismiss() }
    }
}
