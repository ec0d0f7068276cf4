internal import ArgumentParser

/// One invocation of a command that answers a question about credentials, from options to exit status.
enum AnsweringRun {
    /// Runs `operation`, which signals cancel, and ends with the status that it returns.
    ///
    /// - Throws: `ExitCode` with the exit status, unless that is 0.
    static func execute(
        _ operation: @escaping @Sendable (RunContext, Reporter) async throws -> ExitStatus
    ) async throws {
        let context = RunContext.ofProcess()
        let reporter = context.makeReporter(context.isErrorTerminal ? .tty : .plain)
        let monitor = SignalMonitor()
        var status: ExitStatus
        do {
            status = try await monitor.run { _, _ in
            } operation: {
                try await operation(context, reporter)
            }
        } catch {
            let failure = RunFailure(error)
            status = failure.status
            if monitor.signal == nil { reporter.say(.error, failure.message, hint: failure.hint) }
        }
        if let signal = monitor.signal { status = .interrupted(by: signal) }
        if let lost = reporter.lostOutput {
            if status == .success { status = .ioError }
            reporter.say(.error, lost)
        }
        guard status == .success else { throw ExitCode(status.code) }
    }
}
