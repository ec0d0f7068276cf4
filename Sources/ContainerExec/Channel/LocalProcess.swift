internal import CPlatform
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A shell, the guard that sees to it that nothing of it stays, and this side's ends of its standard streams.
struct LocalProcess: Sendable {
    /// The guard, which ends with the shell's status once nothing is left; the shell where there is no guard.
    let pid: pid_t
    /// What the guard listens to; -1 where there is none.
    private let control: CInt
    let standardInput: CInt
    let standardOutput: CInt
    let standardError: CInt

    /// Starts a shell that reads its standard input, as the leader of a session of its own.
    static func spawn(
        _ shell: String,
        directory: String,
        environment: EnvironmentVariables
    ) throws(ContainerExecError) -> LocalProcess {
        var pipes: [(read: CInt, write: CInt)] = []
        for _ in 0..<3 {
            guard let pipe = pipe() else {
                for pipe in pipes { close(pipe.read, pipe.write) }
                throw ContainerExecError(.io, "cannot make a pipe: too many open files")
            }
            pipes.append(pipe)
        }
        var pid: pid_t = 0
        var control: CInt = -1
        let code = spawn(
            &pid,
            &control,
            shell,
            directory: directory,
            environment: environment,
            streams: (pipes[0].read, pipes[1].write, pipes[2].write)
        )
        close(pipes[0].read, pipes[1].write, pipes[2].write)
        guard code == 0 else {
            close(pipes[0].write, pipes[1].read, pipes[2].read)
            let reason = SystemError(operation: "start \(shell) in \(directory)", errno: code)
            throw ContainerExecError(.io, "\(reason)", hint: "check that the folder exists and is yours to enter")
        }
        for descriptor in [pipes[0].write, pipes[1].read, pipes[2].read] { _ = oktetorun_set_nonblocking(descriptor) }
        // As much as the channel reads at once.
        for descriptor in [pipes[1].read, pipes[2].read] { oktetorun_widen_pipe(descriptor, 256 << 10) }
        return LocalProcess(
            pid: pid,
            control: control,
            standardInput: pipes[0].write,
            standardOutput: pipes[1].read,
            standardError: pipes[2].read
        )
    }

    /// Sends KILL to the shell and everything below it, and does not wait.
    func kill() { oktetorun_end_guarded(pid, control) }

    /// Sends KILL to what an ended shell has left behind, which a guard has done already.
    func killLeftovers() {
        if control < 0 { oktetorun_kill_session(pid, SIGKILL) }
    }

    /// Closes the way to the guard, when it has ended.
    func forgetGuard() {
        if control >= 0 { Self.close(control) }
    }

    /// Closes this side's ends.
    func closeAll() { Self.close(standardInput, standardOutput, standardError) }

    private static func close(_ descriptors: CInt...) {
        for descriptor in descriptors {
            #if canImport(Glibc)
            _ = Glibc.close(descriptor)
            #else
            _ = Darwin.close(descriptor)
            #endif
        }
    }

    private static func pipe() -> (read: CInt, write: CInt)? {
        var ends: [CInt] = [-1, -1]
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        return code == 0 ? (ends[0], ends[1]) : nil
    }

    private static func spawn(
        _ pid: inout pid_t,
        _ control: inout CInt,
        _ shell: String,
        directory: String,
        environment: EnvironmentVariables,
        streams: (CInt, CInt, CInt)
    ) -> CInt {
        let arguments = CStringList([Array(shell.utf8)])
        let variables = CStringList(environment.entries)
        return unsafe oktetorun_spawn_guarded(
            &pid,
            &control,
            shell,
            arguments.pointers,
            variables.pointers,
            directory,
            streams.0,
            streams.1,
            streams.2
        )
    }
}
