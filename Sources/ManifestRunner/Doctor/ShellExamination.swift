internal import CredentialInjector
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The local shell, in which phases without an image run.
struct ShellExamination: Sendable {
    let environment: EnvironmentVariables

    /// Returns where bash is; that there is none is in a run's way where a phase needs it.
    func run(isNeeded: Bool) -> Finding {
        let path = environment["PATH"] ?? "/usr/bin:/bin"
        let found = path.split(separator: ":").map { folder -> String in "\(folder)/bash" }.first { path in
            unsafe access(path, X_OK) == 0
        }
        if let found { return Finding(CheckStep("shell", .passed, "bash is at \(found)")) }
        let step = CheckStep(
            "shell",
            isNeeded ? .failed : .warning,
            "bash is not in PATH, and phases without an image run in it",
            nextStep: "install bash, or give each phase an image"
        )
        return Finding(step, status: isNeeded ? .command(127) : nil)
    }
}
