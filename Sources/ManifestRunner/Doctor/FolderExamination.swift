internal import CredentialInjector
internal import FoundationEssentials
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The folder for temporary files, and the user's own.
struct FolderExamination: Sendable {
    let environment: EnvironmentVariables

    /// Returns whether a run can keep what it needs to.
    func run() -> Finding {
        let temporary = environment.nonEmpty("TMPDIR") ?? "/tmp"
        let facts = [
            CheckFact("temporary files", temporary, origin: environment.nonEmpty("TMPDIR") == nil ? nil : "TMPDIR"),
            CheckFact("home", environment.nonEmpty("HOME") ?? "(none)"),
        ]
        guard unsafe access(temporary, W_OK | X_OK) == 0 else {
            let reason = unsafe String(cString: strerror(errno)).lowercased()
            let step = CheckStep(
                "folders",
                .failed,
                "the folder for temporary files cannot be written to: \(reason)",
                facts: facts,
                nextStep: "name another one in TMPDIR, or let this user write to it"
            )
            return Finding(step, status: .ioError)
        }
        guard environment.nonEmpty("HOME") != nil else {
            let step = CheckStep(
                "folders",
                .warning,
                "HOME is not set: no settings of Docker, of the AWS tools or of okteto-run's own are found there",
                facts: facts,
                nextStep: "set HOME, or name each file by its variable"
            )
            return Finding(step)
        }
        return Finding(CheckStep("folders", .passed, "temporary files can be made", facts: facts))
    }
}
