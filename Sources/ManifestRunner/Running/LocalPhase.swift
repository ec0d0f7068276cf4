internal import ContainerExec
internal import FoundationEssentials
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Prepares a phase in the local shell.
struct LocalPhase: Sendable {
    let phase: PlannedPhase
    /// What the commands inherit.
    let environment: EnvironmentVariables
    let reporter: Reporter

    /// Starts the shell in the phase's folder.
    ///
    /// - Throws: ``RunFailure`` when there is no bash, or the shell cannot be started.
    func open() throws -> PhaseSession {
        guard isOnPath("bash") else {
            throw RunFailure(
                .command(127),
                "bash is required to run commands in the local shell, and is not in PATH",
                hint: "install bash, or run the phase in a container with --engine docker or podman"
            )
        }
        let channel = try LocalChannel(directory: phase.directory, environment: environment)
        let shell = PhaseShell(
            channel: channel,
            commandShell: "bash",
            temporaryFolder: environment.nonEmpty("TMPDIR") ?? "/tmp"
        ) { [reporter] stream, bytes in
            reporter.output(bytes, to: stream == .standardOutput ? .standardOutput : .standardError)
        }
        try shell.start()
        let artifacts = PhaseArtifacts.ofFolder(phase, reporter: reporter)
        return PhaseSession(
            shell: shell,
            place: "the local shell",
            export: { try await artifacts.run(after: $0) },
            end: {
                await shell.end()
                // A shell that was killed could not remove it.
                try? FileManager.default.removeItem(atPath: shell.temporaryFolder)
            },
            diagnose: { PhaseEnd(PhaseEvidence(exitStatus: $0)) },
            explain: { error, _ in error }
        )
    }

    private func isOnPath(_ program: String) -> Bool {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains { folder in
            unsafe access("\(folder)/\(program)", X_OK) == 0
        }
    }
}
