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
                output: { [self] stream, bytes in
                    let marks = output.consume(stream, bytes)
                    if marks.hasStarted, state.withLock({ $0.progress.start() }) { channel.send(ShellDriver.terminate) }
                    if let (status, file) = marks.result {
                        resume(.finished(status: status, environmentFile: file))
                    } else if let lost = marks.lost, state.withLock({ $0.progress.number == lost }) {
                        resume(.lost)
                    }
                },
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

    /// Unpacks a small tar archive at the root through the shell itself, and returns whether that was possible.
    ///
    /// Far cheaper than an engine's own call for it, which costs some 40 ms even for one file. False means that the
    /// place has no `tar` or `base64`, or that they failed: nothing can be said then of what was unpacked.
    ///
    /// - Throws: ``ContainerExecError`` when the shell ends, or the task is cancelled, which ends the shell.
    package func unpack(_ archive: [UInt8]) async throws(ContainerExecError) -> Bool {
        try await request(driver.unpack(archive)) == 0
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
        let bytes = Array(script.utf8)
        guard !bytes.contains(0) else {
            throw ContainerExecError(.input, "the command has a NUL byte, which no shell can take")
        }
        guard !Task.isCancelled else { throw ContainerExecError(.cancelled, "the run was cancelled") }
        state.withLock { $0.progress.begin(grace: grace) }
        let outcome = await withTaskCancellationHandler {
            await self.outcome(of: driver.run(bytes))
        } onCancel: {
            if state.withLock({ $0.progress.cancel() }) { channel.send(ShellDriver.terminate) }
        }
        let wasCancelled = state.withLock { $0.progress.wasCancelled }
        switch outcome {
        case .finished(let status, let environmentFile):
            return CommandResult(exitStatus: status, environmentFile: environmentFile, wasCancelled: wasCancelled)
        case .lost:
            throw Self.cut(nil)
        case .ended(let end):
            if wasCancelled { return CommandResult(exitStatus: 137, environmentFile: nil, wasCancelled: true) }
            throw Self.cut(end)
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
