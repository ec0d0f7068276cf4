internal import CPlatform
package import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The shell as a child process of this one, leader of a session of its own.
///
/// One thread polls its pipes. The terminal's Ctrl-C does not reach the session: the run is cancelled by a line on the
/// shell's standard input, as in a container. When the shell has ended, whatever it left behind is killed before the
/// channel ends: on Linux wherever it has gone (`oktetorun_spawn_guarded`), elsewhere what is in its process group.
package final class LocalChannel: ShellChannel {
    private let shell: String
    private let directory: String
    private let environment: EnvironmentVariables
    private let input: ChannelInput

    /// Creates a channel to a shell that will run in `directory` with `environment`.
    ///
    /// - Throws: ``ContainerExecError`` when the process has no descriptor left.
    package init(
        shell: String = "/bin/sh",
        directory: String,
        environment: EnvironmentVariables
    ) throws(ContainerExecError) {
        self.shell = shell
        self.directory = directory
        self.environment = environment
        do { input = try ChannelInput() } catch { throw ContainerExecError(.io, "\(error)") }
    }

    package func send(_ bytes: [UInt8]) { input.send(bytes) }

    package func finish() { input.finish() }

    package func kill() { input.kill() }

    package func start(_ sink: ChannelSink) throws(ContainerExecError) {
        // Writing to a shell that has gone must be an error and not the end of this program.
        oktetorun_ignore_broken_pipes()
        let process = try LocalProcess.spawn(shell, directory: directory, environment: environment)
        do {
            try DedicatedThread.start { [input] in
                var loop = LocalChannelLoop(process: process, input: input)
                sink.end(loop.run(sink))
            }
        } catch {
            process.closeAll()
            process.kill()
            process.forgetGuard()
            throw ContainerExecError(.io, "\(error)")
        }
    }
}
