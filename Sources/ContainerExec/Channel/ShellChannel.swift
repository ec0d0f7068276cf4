/// A POSIX shell somewhere that reads its standard input: a child process, or the process of a container.
package protocol ShellChannel: Sendable {
    /// Starts the channel's thread. Output and the end go to the sink.
    ///
    /// - Throws: ``ContainerExecError`` when the shell cannot be started.
    func start(_ sink: ChannelSink) throws(ContainerExecError)

    /// Queues bytes for the shell's standard input; does not wait, and does nothing after the end.
    func send(_ bytes: [UInt8])

    /// Ends the shell's standard input when everything queued is written.
    func finish()

    /// Ends the shell and everything below it, as far as this side can.
    func kill()
}
