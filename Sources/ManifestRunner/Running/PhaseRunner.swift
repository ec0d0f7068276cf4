internal import ContainerExec
internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// Runs the commands of one phase.
struct PhaseRunner: Sendable {
    let phase: PlannedPhase
    /// What the commands get beside what the shell was started with, and the credentials.
    let variables: EnvironmentVariables
    let manifestPath: String
    let reporter: Reporter
    /// Gives the credentials for the next command, or nil where none are configured.
    let credentials: (@Sendable () async throws -> SuppliedCredentials?)
    /// How long the commands may take, should okteto-run be stopped and unable to end them; nil is no bound.
    var limit: Duration?
    /// Prepares the shell.
    let open: @Sendable () async throws -> PhaseSession

    /// Runs the phase and returns the exit status of its first failing command, or success.
    ///
    /// The shell is prepared while the credentials are obtained; no command starts before both are there.
    ///
    /// - Throws: ``RunFailure``, ``ContainerExecError`` or the credentials' error when commands could not be run.
    func run() async throws -> ExitStatus {
        async let opening = open()
        let first: SuppliedCredentials?
        do {
            first = try await credentials()
        } catch {
            // The shell is there, or on its way: it must not stay.
            if let session = try? await opening { try? await session.end() }
            throw error
        }
        let session = try await opening
        do {
            let status = try await run(in: session, first)
            try await session.export(status)
            try await session.end()
            return status
        } catch {
            await abandon(session)
            throw error
        }
    }

    private func abandon(_ session: PhaseSession) async {
        try? await session.export(nil)
        await session.shell.kill()
        try? await session.end()
    }

    private func run(in session: PhaseSession, _ first: SuppliedCredentials?) async throws -> ExitStatus {
        var current: SuppliedCredentials?
        var written: [UInt8] = []
        var result = ExitStatus.success
        if let limit { session.shell.limit(to: limit) }
        session.shell.mask(phase.maskedValues)
        try session.shell.setEnvironment(variables)
        for (index, command) in phase.commands.enumerated() {
            let supplied = index == 0 ? first : try await credentials()
            if let supplied, supplied != current {
                session.shell.mask(supplied.secrets)
                let removed = current == nil ? supplied.removed : []
                try session.shell.setEnvironment(supplied.variables, removing: removed)
                current = supplied
            }
            let (status, file) = try await run(command, in: session)
            if status != .success {
                result = status
                guard phase.continuesAfterFailure else { return status }
            }
            if let file, file != written {
                written = file
                try readEnvironmentFile(file, into: session.shell)
            }
        }
        return result
    }

    private func run(_ command: Command, in session: PhaseSession) async throws -> (ExitStatus, [UInt8]?) {
        let name = Self.title(command)
        reporter.begin(stage: name)
        reporter.say(.info, "Running '\(name)'")
        let clock = ContinuousClock()
        let start = clock.now
        let result: CommandResult
        do throws(ContainerExecError) {
            result = try await session.shell.run(command.script)
        } catch {
            throw await session.explain(error, name)
        }
        let time = RunTime.text(clock.now - start)
        reporter.finishLines()
        let place = "\(manifestPath):\(command.mark.line):\(command.mark.column)"
        if result.wasCancelled {
            let end = PhaseEnd(PhaseEvidence(exitStatus: result.exitStatus))
            throw InterruptedCommand(
                description: "command '\(name)' (\(place)) had run for \(time) and \(end.words)"
            )
        }
        try Task.checkCancellation()
        guard result.exitStatus != 0 else {
            reporter.say(.success, "Command '\(name)' successfully executed in \(time)")
            return (.success, result.environmentFile)
        }
        let end = await session.diagnose(result.exitStatus)
        reporter.say(
            .error,
            "command '\(name)' of \(phase.kind) \(end.words) after \(time) (\(place))",
            hint: end.hint,
            details: [("exitStatus", "\(result.exitStatus)"), ("phase", JSONLine.quote(phase.kind.label))]
        )
        return (.command(result.exitStatus), result.environmentFile)
    }

    /// What `$OKTETO_ENV` holds becomes the environment of the later commands; a bad line voids itself alone.
    private func readEnvironmentFile(_ bytes: [UInt8], into shell: PhaseShell) throws {
        let contents = DotEnv.parse(SourceText(path: "$OKTETO_ENV", bytes: bytes))
        for warning in contents.warnings {
            reporter.say(.warning, "$OKTETO_ENV:\(warning.line): the line is left out: \(warning.message)")
        }
        try shell.setEnvironment(contents.variables)
    }

    /// A command's name on one line.
    private static func title(_ command: Command) -> String {
        let lines = command.name.split(whereSeparator: \.isNewline)
        guard let first = lines.first else { return command.name }
        return lines.count > 1 ? "\(first) …" : String(first)
    }
}
