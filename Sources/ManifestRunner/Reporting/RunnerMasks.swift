internal import ProcessEnvironment
internal import Synchronization

/// Tells the runner of a GitHub Actions job which values to mask in the log, by the workflow command `add-mask`; Forgejo
/// and Gitea take the same.
///
/// The command has the value in it, so it may only go where the runner reads it: see ``RunnerOutput``.
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
final class RunnerMasks: Sendable {
    /// The least length of a value: shorter ones would hide ordinary words of the whole job.
    private static let minimumLength = 8

    private struct State {
        var told: Set<Secret> = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Creates what tells the runner; nil where no runner reads standard output.
    convenience init?(environment: EnvironmentVariables) {
        guard environment["GITHUB_ACTIONS"] == "true", RunnerOutput.isRead else { return nil }
        self.init()
    }

    /// Creates what tells a runner that is there.
    init() {}

    /// Tells nothing more, because a command begins.
    ///
    /// Its output can switch workflow commands off (`::stop-commands::`), and a value that the runner is told of after that
    /// stands in the log for all to read. What okteto-run prints is masked by itself in any case.
    func close() { state.withLock { $0.isClosed = true } }

    /// Returns the commands, a line each, for those of the values that were not in any before.
    ///
    /// A runner masks a text of several lines only where it is there as a whole, so its lines are told of as well.
    func lines(for secrets: [Secret]) -> String {
        let values = secrets.flatMap { secret in
            [secret] + secret.bytes.split { $0 == 0x0A || $0 == 0x0D }.map { Secret(bytes: Array($0)) }
        }
        let new = state.withLock { state in
            state.isClosed
                ? [] : values.filter { $0.bytes.count >= Self.minimumLength && state.told.insert($0).inserted }
        }
        return new.map { "::add-mask::" + Self.escaped($0.reveal()) + "\n" }.joined()
    }

    /// What the runner turns back in a command's value; a line break would end the command, with the rest in the log.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }
}
