package import ProcessEnvironment
internal import Synchronization

/// Runs the commands of a phase, one after the other, in one shell that a ``ShellChannel`` leads to.
package final class PhaseShell: Sendable {
    private enum Outcome: Sendable {
        case finished(status: Int32, environmentFile: [UInt8]?)
        case lost
        case ended(ChannelEnd)
    }

    private struct State {
        var end: ChannelEnd?
        var waiter: CheckedContinuation<Outcome, Never>?
        var endWaiter: CheckedContinuation<Void, Never>?
        var progress = CommandProgress()
        var goesOn: (@Sendable (Int) -> Void)?
    }

    private let channel: any ShellChannel
    private let driver: ShellDriver
    private let output: PhaseOutput
    private let state = Mutex(State())

    /// Creates a phase's shell.
    ///
    /// `commandShell` runs the commands; `temporaryFolder` holds the file of `$OKTETO_ENV`; `consumer` gets the
    /// commands' output, without fences and with secrets masked, on the channel's thread.
    package init(
        channel: any ShellChannel,
        commandShell: String,
        temporaryFolder: String = "/tmp",
        consumer: @escaping @Sendable (OutputStream, RawSpan) -> Void
    ) {
        self.channel = channel
        driver = ShellDriver(commandShell: commandShell, temporaryFolder: temporaryFolder)
        output = PhaseOutput(nonce: driver.nonce, consumer: consumer)
    }

    /// Starts the shell and its driver.
    ///
    /// - Throws: ``ContainerExecError`` when the shell cannot be started.
    package func start() throws(ContainerExecError) {
        try channel.start(
            ChannelSink(
                output: { [self] stream, bytes in output.consume(stream, bytes, understand) },
                end: { [self] end in
                    output.finish()
                    let endWaiter = state.withLock { state in
                        state.end = end
                        defer { state.endWaiter = nil }
                        return state.endWaiter
                    }
                    resume(.ended(end))
                    endWaiter?.resume()
                },
                tick: { [self] in
                    output.tick()
                    switch state.withLock({ $0.progress.due() }) {
                    case .nothing: break
                    case .hold: channel.send(ShellDriver.hold)
                    case .probe(let number): channel.send(ShellDriver.probe(number))
                    case .kill:
                        channel.send(ShellDriver.kill)
                        channel.kill()
                    }
                }
            )
        )
        channel.send(driver.start)
    }

    /// Waits until the shell has read its driver, which one that cannot be run never does.
    ///
    /// - Throws: ``ContainerExecError`` when it ends before that, or the task is cancelled.
    package func waitUntilReady() async throws(ContainerExecError) {
        _ = try await request(ShellDriver.greeting)
    }

    /// The folder that the shell makes for `$OKTETO_ENV`, and removes unless it is killed.
    package var temporaryFolder: String { driver.folder }

    /// Masks secrets in the output from now on.
    package func mask(_ secrets: [Secret]) {
        output.add(secrets)
    }

    /// Bounds all later commands by a time, should this process be stopped or unable to do it: what runs then gets TERM,
    /// and KILL after `grace`.
    ///
    /// A cancellation takes the place of it. It costs a waiting process for as long as the shell lives.
    package func limit(to time: Duration, grace: Duration = .seconds(10)) {
        let seconds = { (duration: Duration) in Int(duration.components.seconds) + 1 }
        channel.send(ShellDriver.watch(seconds(time), grace: seconds(grace)))
    }

    /// Unpacks a small tar archive at the root through the shell itself, makes `folder` the one in which all later
    /// commands start, and returns whether that was possible.
    ///
    /// Far cheaper than an engine's own call for it, which costs some 40 ms even for one file. False means that the
    /// place has no `tar` or `base64`, or that they failed, or that there is no such folder then: nothing can be said of
    /// what was unpacked.
    ///
    /// - Throws: ``ContainerExecError`` when the shell ends, or the task is cancelled, which ends the shell.
    package func unpack(_ archive: [UInt8], entering folder: String) async throws(ContainerExecError) -> Bool {
        try await request(driver.unpack(archive, entering: folder)) == 0
    }

    /// Makes `folder` the one in which all later commands start.
    ///
    /// - Throws: ``ContainerExecError`` when it cannot be entered, the shell ends, or the task is cancelled, which ends
    ///   the shell.
    package func enter(_ folder: String) async throws(ContainerExecError) {
        guard try await request(driver.enter(folder)) == 0 else {
            throw ContainerExecError(.workspace, "the folder \(folder) cannot be entered in the container")
        }
    }

    /// Runs a line of the driver itself, which ends soon, and returns its status.
    private func request(_ line: [UInt8]) async throws(ContainerExecError) -> Int32 {
        let outcome = await withTaskCancellationHandler {
            await self.outcome(of: line)
        } onCancel: {
            channel.kill()
        }
        guard !Task.isCancelled else { throw ContainerExecError(.cancelled, "the run was cancelled") }
        switch outcome {
        case .finished(let status, _): return status
        case .lost: throw Self.cut(nil)
        case .ended(let end): throw Self.cut(end)
        }
    }

    /// Sets variables for all later commands, and removes others.
    ///
    /// - Throws: ``ContainerExecError`` for a name that no shell takes, or a value with a NUL byte.
    package func setEnvironment(_ variables: EnvironmentVariables, removing: [String] = []) throws(ContainerExecError) {
        var lines: [UInt8] = []
        for name in variables.names {
            let value = variables.bytes(of: name) ?? []
            guard ShellQuoting.isName(name), !value.contains(0) else {
                throw ContainerExecError(
                    .input,
                    "the variable '\(name)' cannot be set: its name is none, or its value has a NUL byte"
                )
            }
            lines += driver.export(name, value)
        }
        let removable = removing.filter(ShellQuoting.isName)
        if !removable.isEmpty { lines += driver.unset(removable) }
        if !lines.isEmpty { channel.send(lines) }
    }

    /// Runs a command and returns how it ended.
    ///
    /// Cancelling the task sends TERM to everything the command started, and KILL after `grace`; its output and status
    /// still arrive. A status other than 0 is a result and not an error.
    ///
    /// - Throws: ``ContainerExecError`` when the shell ends without telling the command's status.
    package func run(_ script: String, grace: Duration = .seconds(10)) async throws(ContainerExecError) -> CommandResult
    {
        try await run(CollectionOfOne(script), grace: grace).last
    }

    /// Runs the first of some commands, and the next ones for as long as that needs nothing from here: until one fails,
    /// has written to `$OKTETO_ENV`, or has taken its time, or many have been run.
    ///
    /// So short commands follow each other without the way to the container and back between them. `goesOn` is called on
    /// the channel's thread when a command has ended with status 0 and the next one begins, with that one's place among
    /// the commands, and before any of its output comes. Everything else is as with a single command.
    ///
    /// - Precondition: There is a command.
    /// - Throws: ``ContainerExecError`` when the shell ends without telling a command's status.
    package func run(
        _ scripts: some Collection<String>,
        grace: Duration = .seconds(10),
        goesOn: @escaping @Sendable (_ next: Int) -> Void = { _ in }
    ) async throws(ContainerExecError) -> SeriesResult {
        // What follows a command that cannot be taken is not looked at yet.
        let taken = scripts.lazy.map { Array($0.utf8) }.prefix { !$0.contains(0) }
        guard !taken.isEmpty else {
            throw ContainerExecError(.input, "the command has a NUL byte, which no shell can take")
        }
        guard !Task.isCancelled else { throw ContainerExecError(.cancelled, "the run was cancelled") }
        let (line, count) = driver.run(taken)
        state.withLock { state in
            state.progress.begin(count, grace: grace)
            state.goesOn = goesOn
        }
        let outcome = await withTaskCancellationHandler {
            await self.outcome(of: line)
        } onCancel: {
            if state.withLock({ $0.progress.cancel() }) { channel.send(ShellDriver.terminate) }
        }
        let (ended, wasCancelled) = state.withLock { ($0.progress.endedCount, $0.progress.wasCancelled) }
        switch outcome {
        case .finished(let status, let file):
            let last = CommandResult(exitStatus: status, environmentFile: file, wasCancelled: wasCancelled)
            return SeriesResult(count: ended, last: last)
        case .lost:
            throw Self.cut(nil)
        case .ended(let end):
            guard wasCancelled else { throw Self.cut(end) }
            let last = CommandResult(exitStatus: 137, environmentFile: nil, wasCancelled: true)
            return SeriesResult(count: ended, last: last)
        }
    }

    /// Takes what a fence tells; on the channel's thread.
    private func understand(_ mark: OutputMark) {
        switch mark {
        case .started:
            if state.withLock({ $0.progress.start() }) { channel.send(ShellDriver.terminate) }
        case .finished(_, _, goesOn: true):
            let (next, goesOn) = state.withLock { state in
                state.progress.goOn()
                return (state.progress.endedCount, state.goesOn)
            }
            goesOn?(next)
        case .finished(let status, let file, goesOn: false):
            resume(.finished(status: status, environmentFile: file))
        case .lost(let number):
            if state.withLock({ $0.progress.isRunning && $0.progress.number == number }) { resume(.lost) }
        }
    }

    /// Whether the shell is gone, or the way to it.
    package var hasEnded: Bool { state.withLock { $0.end != nil } }

    /// Tells a shell of which no command runs to end, and does not wait for it.
    ///
    /// Should this process end before it is
    /// told, the end of its input tells it the same.
    package func dismiss() {
        channel.send(ShellDriver.end)
        channel.finish()
    }

    /// Ends a shell of which no command runs, and waits until it is gone.
    package func end() async {
        dismiss()
        await waitForEnd()
    }

    /// Ends the shell and everything below it at once, and waits until it is gone.
    package func kill() async {
        channel.send(ShellDriver.kill)
        channel.finish()
        channel.kill()
        await waitForEnd()
    }

    private func outcome(of line: [UInt8]) async -> Outcome {
        await withCheckedContinuation { continuation in
            let end = state.withLock { state -> ChannelEnd? in
                if state.end == nil { state.waiter = continuation }
                return state.end
            }
            if let end { return continuation.resume(returning: .ended(end)) }
            channel.send(line)
        }
    }

    private func resume(_ outcome: Outcome) {
        let waiter = state.withLock { state in
            state.progress.end()
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: outcome)
    }

    private func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.end == nil { state.endWaiter = continuation }
                return state.end != nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    private static func cut(_ end: ChannelEnd?) -> ContainerExecError {
        switch end {
        case nil:
            ContainerExecError(
                .statusLost,
                "the process that was to tell the command's status was killed",
                hint: "does the command kill its parent?"
            )
        case .exited(let status):
            ContainerExecError(
                .streamCut,
                "the phase's shell ended with status \(status) before the command's own status was known",
                hint: "does the command kill its parent, or everything?"
            )
        case .streamEnded:
            ContainerExecError(
                .streamCut,
                "the container ended before the command's status was known",
                hint: "it may have been removed, run out of memory, or killed by its own command"
            )
        case .failed(let error):
            error
        }
    }
}
