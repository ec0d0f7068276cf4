package import HTTPTransport
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The shell of a container, over the connection by which an engine attached us to it.
///
/// The engine sends both streams in frames of one stream (Docker Engine API, ContainerAttach).
package final class EngineChannel: ShellChannel {
    private let connection: HTTPConnection
    private let input: ChannelInput

    /// Creates a channel on a connection of which the response's head was read.
    ///
    /// - Throws: ``ContainerExecError`` when the process has no descriptor left.
    package init(_ connection: HTTPConnection) throws(ContainerExecError) {
        self.connection = connection
        do { input = try ChannelInput() } catch { throw ContainerExecError(.io, "\(error)") }
    }

    package func send(_ bytes: [UInt8]) { input.send(bytes) }

    package func finish() { input.finish() }

    package func kill() { input.kill() }

    package func start(_ sink: ChannelSink) throws(ContainerExecError) {
        input.setWriter { [connection] bytes in (try? connection.send(bytes)) ?? 0 }
        do {
            try DedicatedThread.start { [self] in
                let end = loop(sink)
                input.setWriter(nil)
                sink.end(end)
            }
        } catch {
            throw ContainerExecError(.io, "\(error)")
        }
    }

    private func loop(_ sink: ChannelSink) -> ChannelEnd {
        var demultiplexer = FrameDemultiplexer()
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var pending: [UInt8] = []
        var written = 0
        var isFinished = false
        var isRefused = false
        var clock = ChannelClock()
        do throws(HTTPTransportError) {
            while true {
                if clock.isDue() { sink.tick() }
                let news = input.take(into: &pending)
                // The engine ends the shell's input then, and with it the shell and the container.
                if news.isKilled { connection.interrupt() }
                if !pending.isEmpty { isRefused = !send(&pending, from: &written) || isRefused }
                if news.isFinished, pending.isEmpty, !isFinished {
                    isFinished = true
                    connection.finishSending()
                }
                var span = buffer.mutableSpan
                let receipt = try unsafe span.withUnsafeMutableBytes { (bytes) throws(HTTPTransportError) in
                    try unsafe connection.receive(into: bytes)
                }
                switch receipt {
                case .bytes(let count):
                    if let failure = unsafe demultiplexer.consume(buffer.span.bytes.extracting(0..<count), sink.output)
                    {
                        return .failed(ContainerExecError(.engineFailed, failure))
                    }
                case .ended:
                    return .streamEnded
                case .wouldBlock:
                    wait(wantsToSend: !pending.isEmpty)
                }
            }
        } catch {
            if isRefused { return .streamEnded }
            return .failed(ContainerExecError(.streamCut, "the connection to the container broke: \(error)"))
        }
    }

    /// Sends what the connection takes now, and returns false when it takes nothing any more.
    ///
    /// So it is with a container that has ended. That is no failure yet: what it printed is still to come.
    private func send(_ pending: inout [UInt8], from written: inout Int) -> Bool {
        let sent = try? unsafe connection.send(pending.span.bytes.extracting(written..<pending.count))
        written = sent.map { written + $0 } ?? pending.count
        if written == pending.count {
            // Assignments of secrets were among it.
            for index in pending.indices { pending[index] = 0 }
            pending.removeAll(keepingCapacity: written < 1 << 20)
            written = 0
            input.finishWriting()
        }
        return sent != nil
    }

    private func wait(wantsToSend: Bool) {
        var entries = [
            pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: connection.descriptor, events: Int16(wantsToSend ? POLLIN | POLLOUT : POLLIN), revents: 0),
        ]
        _ = unsafe poll(&entries, 2, ChannelClock.milliseconds)
    }
}
