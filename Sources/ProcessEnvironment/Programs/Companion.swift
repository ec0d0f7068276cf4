internal import CPlatform
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// This program started a second time beside itself, as a process that outlives it for a moment and notices its end.
///
/// The companion has a session of its own, so no signal of the terminal reaches it, stands in `/`, and has nothing of
/// this process's open but a pipe as its standard input. The pipe ends when this process does, however it ends: a
/// companion that has read no word by then knows that it was killed.
///
/// Where there is a `/bin/sh`, that is what waits, and becomes this program only when there is something to do: it is
/// there in a fraction of the time and of the memory. Elsewhere the program itself waits (``wasDismissed()``).
package final class Companion: Sendable {
    /// The word that tells a companion that all is well.
    private static let farewell = Array("done\n".utf8)
    private static let shell = "/bin/sh"
    /// What the shell does; its arguments are this program and the arguments of that.
    private static let waiting = #"read -r word && [ "$word" = done ] || exec "$0" "$@""#

    private let pipeEnd: Mutex<CInt?>
    private let process: SessionProcess

    /// Starts the program with `arguments`, none of which may be a secret, and exactly `environment`; a test starts
    /// another `program`.
    ///
    /// - Throws: ``SystemError`` when the system has no process or descriptor left.
    package init(
        arguments: [String],
        environment: EnvironmentVariables,
        program: String? = nil
    ) throws(SystemError) {
        let (path, words) = try Self.commandLine(program, arguments)
        var ends: [CInt] = [-1, -1]
        // The buffer holds the two integers that pipe(2) fills.
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        guard code == 0 else { throw SystemError(operation: "make a pipe", errno: code) }
        let null = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer {
            close(ends[0])
            if null >= 0 { close(null) }
        }
        do {
            process = try SessionProcess.start(
                path,
                words: words,
                environment: environment,
                streams: (ends[0], null, null)
            )
        } catch {
            close(ends[1])
            throw error
        }
        pipeEnd = Mutex(ends[1])
    }

    /// Lets go of it without a word: it goes to work, as after the end of this process.
    deinit {
        if let end = pipeEnd.withLock({ $0 }) { close(end) }
    }

    /// Returns what is to be started, and its arguments from the zeroth.
    private static func commandLine(
        _ program: String?,
        _ arguments: [String]
    ) throws(SystemError) -> (path: String, words: [String]) {
        let own = unsafe oktetorun_own_path()
        guard let path = unsafe program ?? own.map({ unsafe String(cString: $0) }) else {
            throw SystemError(operation: "find the path of this program", errno: ENOENT)
        }
        // A link that means this process alone is of no use to another one; and a file that is gone has no name.
        guard unsafe access(shell, X_OK) == 0, let resolved = unsafe realpath(path, nil) else {
            return (path, ["okteto-run"] + arguments)
        }
        defer { unsafe free(resolved) }
        let name = unsafe String(cString: resolved)
        guard unsafe access(name, X_OK) == 0 else { return (path, ["okteto-run"] + arguments) }
        return (shell, ["sh", "-c", waiting, name] + arguments)
    }

    /// Tells the companion that all is well, and waits until it has ended, blocking the thread: a moment.
    package func dismiss() {
        let end = pipeEnd.withLock { end in
            defer { end = nil }
            return end
        }
        guard let end else { return }
        _ = unsafe Self.farewell.withUnsafeBytes { unsafe write(end, $0.baseAddress, $0.count) }
        close(end)
        var status: CInt = 0
        while unsafe waitpid(process.pid, &status, 0) < 0 && errno == EINTR {}
    }

    /// Waits in the companion for the end of the process beside it, blocking the thread, and returns whether that
    /// process said that all is well; `descriptor` is the pipe between the two.
    package static func wasDismissed(_ descriptor: CInt = 0) -> Bool {
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64)
        while true {
            let count = unsafe read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return received == farewell }
            received += piece[..<count].prefix(64 - received.count)
        }
    }
}
