/// The exit status of okteto-run: a contract that scripts rely on (docs/exit-status.md).
struct ExitStatus: Sendable, Hashable, CustomStringConvertible {
    /// The number that the operating system gets.
    let code: Int32
    /// Whose status it is: a command's own, or the kind of okteto-run's failure.
    let meaning: String

    private init(_ code: Int32, _ meaning: String) {
        self.code = code
        self.meaning = meaning
    }

    static let success = ExitStatus(0, "success")
    /// The command line is wrong (EX_USAGE of sysexits.h; ArgumentParser exits with the same).
    static let usage = ExitStatus(64, "usage")
    /// The manifest, or a file it needs, is not valid (EX_DATAERR).
    static let invalidManifest = ExitStatus(65, "invalid manifest")
    /// There is no manifest (EX_NOINPUT).
    static let manifestNotFound = ExitStatus(66, "manifest not found")
    /// No container engine answers, or it failed (EX_UNAVAILABLE).
    static let engineFailed = ExitStatus(69, "engine failed")
    /// Reading or writing failed (EX_IOERR).
    static let ioError = ExitStatus(74, "i/o error")
    /// STS is throttled or out of reach: trying again later may help (EX_TEMPFAIL).
    static let temporaryFailure = ExitStatus(75, "temporary failure")
    /// No credentials: refused, or the settings are wrong (EX_NOPERM).
    static let credentialsRefused = ExitStatus(77, "credentials refused")
    /// The time that `--timeout` gives is over, as with timeout(1).
    static let timedOut = ExitStatus(124, "timed out")

    /// A command's own status, 128 + n where signal n killed it.
    static func command(_ status: Int32) -> ExitStatus {
        ExitStatus(status, "command")
    }

    /// okteto-run itself was told to stop by a signal.
    static func interrupted(by signal: Int32) -> ExitStatus {
        ExitStatus(128 + signal, "interrupted")
    }

    /// The keys that an object of the `json` output has for it.
    var details: [(key: String, json: String)] {
        [("exitStatus", "\(code)"), ("exitMeaning", JSONLine.quote(meaning))]
    }

    var description: String { "\(code) (\(meaning))" }
}
