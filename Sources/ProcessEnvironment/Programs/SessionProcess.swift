internal import CPlatform

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A child process that leads a session of its own, without a terminal.
struct SessionProcess: Sendable {
    let pid: pid_t

    /// Starts the program at `path` in the root folder; the streams are its standard input, output and error.
    static func start(
        _ path: String,
        words: [String],
        environment: EnvironmentVariables,
        streams: (input: CInt, output: CInt, error: CInt)
    ) throws(SystemError) -> SessionProcess {
        let arguments = CStringList(words.map { Array($0.utf8) })
        let variables = CStringList(environment.entries)
        var pid: pid_t = 0
        let (input, output, error) = streams
        var code = unsafe oktetorun_spawn(
            &pid,
            path,
            arguments.pointers,
            variables.pointers,
            "/",
            input,
            output,
            error
        )
        // A child that another thread just forked may hold the file open for writing until it runs its own program.
        for _ in 0..<50 where code == ETXTBSY {
            DedicatedThread.pause(.milliseconds(2))
            code = unsafe oktetorun_spawn(
                &pid,
                path,
                arguments.pointers,
                variables.pointers,
                "/",
                input,
                output,
                error
            )
        }
        guard code == 0 else { throw SystemError(operation: "run \(path)", errno: code) }
        return SessionProcess(pid: pid)
    }

    /// Collects the process if it has ended: its exit status, 128 + n for signal n; nil while it runs.
    func collect() -> CInt? {
        var status: CInt = 0
        return unsafe waitpid(pid, &status, WNOHANG) == pid ? oktetorun_exit_status(status) : nil
    }

    /// Ends it and everything in its session, blocking the thread: TERM at once, KILL after a second.
    func end() -> CInt {
        oktetorun_kill_session(pid, SIGTERM)
        // What it started and what does not listen to TERM must not stay either.
        defer { oktetorun_kill_session(pid, SIGKILL) }
        for _ in 0..<100 {
            if let status = collect() { return status }
            DedicatedThread.pause(.milliseconds(10))
        }
        oktetorun_kill_session(pid, SIGKILL)
        var status: CInt = 0
        while unsafe waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return oktetorun_exit_status(status)
    }
}
