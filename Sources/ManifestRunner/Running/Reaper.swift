internal import ContainerExec
internal import ProcessEnvironment
internal import Synchronization

/// Makes sure that no container outlives a run that is killed in whatever moment.
///
/// A container whose shell runs goes away by itself when its input ends. One that is created and not yet started does
/// not, and a killed process cannot remove it. So a second process waits beside the run, without credentials, and
/// removes what is there when the run ends without a word (docs/design/005-reaper.md).
final class Reaper: Sendable {
    private let arguments: [String]
    private let environment: EnvironmentVariables
    private let companion = Mutex<Companion?>(nil)

    /// Creates the reaper of a run, which will look for the same engine as the run; no process is started yet.
    init(identity: RunIdentity, engine: EngineChoice, environment: EnvironmentVariables) {
        arguments = ["reap", "--run", identity.run, "--engine", engine.rawValue]
        self.environment = environment.filter(EngineLocator.isSetting)
    }

    /// Starts the process.
    ///
    /// Nothing may be created at the engine before it is there.
    ///
    /// - Throws: ``SystemError`` when the system has no process left.
    func start() async throws {
        // On a thread of its own, because starting a process waits for the kernel.
        try await DedicatedThread.run { [self] in
            let started = try Companion(arguments: arguments, environment: environment)
            companion.withLock { $0 = started }
        }
    }

    /// Ends the process, if there is one: the run has cleaned up after itself.
    func dismiss() async {
        guard let companion = companion.withLock({ $0 }) else { return }
        // A thread that cannot be started leaves the process to the end of the pipe, and with it to its work.
        try? await DedicatedThread.run { companion.dismiss() }
    }
}
