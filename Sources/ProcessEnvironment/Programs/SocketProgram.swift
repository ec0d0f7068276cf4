internal import CPlatform
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A program that leads somewhere: a connection is its standard input and its standard output.
///
/// It is started when a client connects to ``path``, a Unix socket of which nobody else knows, because that is what
/// every client can do: libcurl 7.88 cannot be given a socket that is connected already
/// (https://github.com/curl/curl/pull/10648). The socket is gone from the file system as soon as it has done so.
///
/// The program leads a session of its own, without a terminal, so that it neither asks questions nor gets the terminal's Ctrl-C.
/// A thread keeps the beginning of its standard error and collects the process. Letting the value go ends the program.
package final class SocketProgram: Sendable {
    /// What the thread leaves, which may outlive the program's owner.
    private final class Outcome: Sendable {
        let state = Mutex<(exitStatus: CInt?, standardError: [UInt8])>((nil, []))
        let isKnown: WakePipe

        init() throws(SystemError) { isKnown = try WakePipe() }
    }

    /// The bytes of standard error that are kept.
    private static let maximumErrorBytes = 4_096

    /// The program's name, as it was given.
    package let name: String
    private let listener: PrivateListener
    private let wake: WakePipe
    private let outcome: Outcome

    /// The socket to connect to, once.
    package var path: String { listener.path }

    private init(name: String, environment: EnvironmentVariables) throws(SystemError) {
        self.name = name
        listener = try PrivateListener(folder: environment.nonEmpty("TMPDIR") ?? "/tmp")
        wake = try WakePipe()
        outcome = try Outcome()
    }

    deinit {
        end()
    }

    /// Makes a program ready to be started by a connection.
    ///
    /// A name without a slash is looked up in the `PATH` of `environment`, which is all that the program gets.
    ///
    /// - Throws: ``HelperProgramError`` when there is no such program, or the system has no descriptors left; that it
    ///   does not work shows on the connection.
    package static func start(
        words: [String],
        environment: EnvironmentVariables
    ) throws(HelperProgramError) -> SocketProgram {
        guard let name = words.first, !words.contains(where: { $0.utf8.contains(0) }) else {
            throw HelperProgramError(.notStarted, "no program is named, or a word of it has a NUL")
        }
        guard let path = ExecutableSearch.path(of: name, in: environment) else {
            throw HelperProgramError(.notStarted, "the program '\(name)' was not found or cannot be run")
        }
        do throws(SystemError) {
            let program = try SocketProgram(name: name, environment: environment)
            try program.listen(path, words, environment)
            return program
        } catch {
            throw HelperProgramError(.notStarted, "\(error)")
        }
    }

    /// Ends the program and what it started, and does not wait: TERM at once, KILL after a second.
    package func end() {
        wake.wake()
    }

    /// Waits up to `limit`, blocking the thread, for a program that is about to end, and returns how it ended.
    ///
    /// The status is nil when it still runs; the text is the beginning of what it printed on standard error.
    package func outcome(within limit: Duration) -> (exitStatus: CInt?, standardError: [UInt8]) {
        var entry = pollfd(fd: outcome.isKnown.descriptor, events: Int16(POLLIN), revents: 0)
        let (seconds, attoseconds) = limit.components
        _ = unsafe poll(&entry, 1, CInt(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
        return outcome.state.withLock { $0 }
    }

    private func listen(_ path: String, _ words: [String], _ environment: EnvironmentVariables) throws(SystemError) {
        let pipe = try DescriptorPair.pipe()
        _ = oktetorun_set_nonblocking(pipe.ours)
        do throws(SystemError) {
            try DedicatedThread.start { [listener, wake, outcome] in
                var status: CInt = 127
                do throws(SystemError) {
                    let process = try Self.begin(path, words, environment, listener, wake, pipe)
                    status = process.map { Self.watch($0, pipe.ours, wake, outcome) } ?? 0
                } catch {
                    outcome.state.withLock { $0.standardError = Array("\(error)".utf8) }
                }
                pipe.closeOurs()
                outcome.state.withLock { $0.exitStatus = status }
                outcome.isKnown.wake()
            }
        } catch {
            pipe.closeBoth()
            throw error
        }
    }

    /// Waits for the connection and starts the process on it; returns nil when it is told to end before.
    private static func begin(
        _ path: String,
        _ words: [String],
        _ environment: EnvironmentVariables,
        _ listener: PrivateListener,
        _ wake: WakePipe,
        _ pipe: DescriptorPair
    ) throws(SystemError) -> SessionProcess? {
        defer { pipe.closeTheirs() }
        guard let socket = try listener.accept(unless: wake) else { return nil }
        defer { close(socket) }
        return try SessionProcess.start(
            path,
            words: words,
            environment: environment,
            streams: (socket, socket, pipe.theirs)
        )
    }

    /// Keeps standard error, and returns the exit status once the process has been collected.
    private static func watch(
        _ process: SessionProcess,
        _ errors: CInt,
        _ wake: WakePipe,
        _ outcome: Outcome
    ) -> CInt {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var isOpen = true
        while true {
            // A child of the program may hold standard error open for longer than the program runs, and the program
            // may close it earlier: so both are looked at.
            var entries = [pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)]
            if isOpen { entries.append(pollfd(fd: errors, events: Int16(POLLIN), revents: 0)) }
            _ = unsafe poll(&entries, nfds_t(entries.count), isOpen ? 1_000 : 20)
            while isOpen {
                let count = unsafe read(errors, &buffer, buffer.count)
                guard count > 0 else {
                    isOpen = count < 0 && (errno == EAGAIN || errno == EINTR)
                    break
                }
                outcome.state.withLock { state in
                    state.standardError += buffer[..<count].prefix(maximumErrorBytes - state.standardError.count)
                }
            }
            if let status = process.collect() { return status }
            if entries[0].revents != 0 { return process.end() }
        }
    }
}
