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
            first = try await reporter.step(.credentials) { try await credentials() }
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
        var rest = phase.commands[...]
        while !rest.isEmpty {
            let supplied = rest.startIndex == 0 ? first : try await credentials()
            if let supplied, supplied != current {
                session.shell.mask(supplied.secrets)
                let removed = current == nil ? supplied.removed : []
                try session.shell.setEnvironment(supplied.variables, removing: removed)
                current = supplied
            }
            let (count, status, file) = try await run(rest, in: session)
            rest = rest.dropFirst(count)
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

    /// Runs the first of some commands, and those that the shell runs after it by itself.
    ///
    /// Returns how many they were, how the last one ended, and what `$OKTETO_ENV` holds after it.
    private func run(
        _ commands: ArraySlice<Command>,
        in session: PhaseSession
    ) async throws -> (count: Int, ExitStatus, [UInt8]?) {
        let running = RunningCommand(commands, of: phase.kind, manifestPath: manifestPath, reporter: reporter)
        let series: SeriesResult
        do throws(ContainerExecError) {
            series = try await session.shell.run(commands.lazy.map(\.script)) { running.succeeded(next: $0) }
        } catch {
            let error = await session.explain(error, running.title)
            running.ended(CommandOutcome(exitStatus: nil, wasCancelled: Task.isCancelled, cause: error.message))
            throw error
        }
        let result = series.last
        let time = running.time
        reporter.finishLines()
        if result.wasCancelled {
            let end = PhaseEnd(PhaseEvidence(exitStatus: result.exitStatus))
            running.ended(
                CommandOutcome(exitStatus: result.exitStatus, wasCancelled: true, cause: end.words)
            )
            throw InterruptedCommand(
                description: "command '\(running.title)' (\(running.place)) had run for \(time) and \(end.words)"
            )
        }
        try Task.checkCancellation()
        guard result.exitStatus != 0 else {
            running.succeeded()
            return (series.count, .success, result.environmentFile)
        }
        let end = await session.diagnose(result.exitStatus)
        running.ended(CommandOutcome(exitStatus: result.exitStatus, wasCancelled: false, cause: end.words))
        reporter.say(
            .error,
            "command '\(running.title)' of \(phase.kind) \(end.words) after \(time) (\(running.place))",
            hint: end.hint,
            details: [("exitStatus", "\(result.exitStatus)"), ("phase", JSONLine.quote(phase.kind.label))]
        )
        return (series.count, .command(result.exitStatus), result.environmentFile)
    }

    /// What `$OKTETO_ENV` holds becomes the environment of the later commands; a bad line voids itself alone.
    private func readEnvironmentFile(_ bytes: [UInt8], into shell: PhaseShell) throws {
        let contents = DotEnv.parse(SourceText(path: "$OKTETO_ENV", bytes: bytes))
        for warning in contents.warnings {
            reporter.say(.warning, "$OKTETO_ENV:\(warning.line): the line is left out: \(warning.message)")
        }
        try shell.setEnvironment(contents.variables)
    }
}
