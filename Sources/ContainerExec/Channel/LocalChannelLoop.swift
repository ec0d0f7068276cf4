internal import CPlatform
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What the thread of a local channel does until the shell has ended.
struct LocalChannelLoop {
    /// How often it is looked whether the shell has ended although somebody still holds its pipes.
    private static let pollMilliseconds: CInt = 100

    private let process: LocalProcess
    private let input: ChannelInput
    private var pending: [UInt8] = []
    private var written = 0
    private var isInputOpen = true
    private var openOutputs: [CInt: OutputStream]
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)

    init(process: LocalProcess, input: ChannelInput) {
        self.process = process
        self.input = input
        openOutputs = [process.standardOutput: .standardOutput, process.standardError: .standardError]
    }

    mutating func run(_ sink: ChannelSink) -> ChannelEnd {
        var status: Int32?
        var clock = ChannelClock()
        input.setWriter { [descriptor = process.standardInput] bytes in
            unsafe bytes.withUnsafeBytes { buffer in unsafe max(0, write(descriptor, buffer.baseAddress, buffer.count))
            }
        }
        while !openOutputs.isEmpty, status == nil {
            wait()
            if clock.isDue() { sink.tick() }
            takeInput()
            writeInput()
            for descriptor in openOutputs.keys.sorted() { read(descriptor, sink.output) }
            status = reap(waiting: false)
        }
        if status == nil {
            // Nothing of it writes any more: it is ending, or has closed its streams and cannot tell anything.
            process.kill()
        } else {
            // What it leaves behind must not go on, nor keep the pipes open.
            process.killLeftovers()
        }
        let end = status ?? reap(waiting: true)
        for descriptor in openOutputs.keys.sorted() { read(descriptor, sink.output) }
        closeInput()
        close(process.standardOutput)
        close(process.standardError)
        process.forgetGuard()
        return .exited(end ?? 0)
    }

    private mutating func wait() {
        var entries = [pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0)]
        entries += openOutputs.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        if isInputOpen, written < pending.count {
            entries.append(pollfd(fd: process.standardInput, events: Int16(POLLOUT), revents: 0))
        }
        _ = unsafe poll(&entries, nfds_t(entries.count), Self.pollMilliseconds)
    }

    private mutating func takeInput() {
        let (isFinished, isKilled) = input.take(into: &pending)
        if isKilled { process.kill() }
        if isFinished, isInputOpen, written == pending.count { closeInput() }
    }

    private mutating func writeInput() {
        while isInputOpen, written < pending.count {
            let count = unsafe pending.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
                return unsafe write(process.standardInput, rest.baseAddress, rest.count)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                // EPIPE: the shell is gone, which its exit status will tell.
                if errno != EAGAIN { closeInput() }
                break
            }
        }
        guard written == pending.count else { return }
        for index in pending.indices { pending[index] = 0 }
        pending.removeAll(keepingCapacity: true)
        written = 0
        if input.take(into: &pending).isFinished, pending.isEmpty { closeInput() }
    }

    private mutating func closeInput() {
        guard isInputOpen else { return }
        isInputOpen = false
        // First of all: the descriptor may soon be another file's.
        input.setWriter(nil)
        close(process.standardInput)
    }

    private mutating func read(_ descriptor: CInt, _ output: @Sendable (OutputStream, RawSpan) -> Void) {
        guard let stream = openOutputs[descriptor] else { return }
        // A stream that never pauses must not keep the other one and the input waiting.
        for _ in 0..<4 {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                #if canImport(Glibc)
                unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
                #else
                unsafe Darwin.read(descriptor, bytes.baseAddress, bytes.count)
                #endif
            }
            guard count > 0 else {
                if count == 0 || (errno != EAGAIN && errno != EINTR) { openOutputs[descriptor] = nil }
                return
            }
            unsafe output(stream, buffer.span.bytes.extracting(0..<count))
        }
    }

    /// Returns the shell's exit status, or nil while it runs.
    private func reap(waiting: Bool) -> Int32? {
        var status: CInt = 0
        var result: pid_t
        repeat {
            result = unsafe waitpid(process.pid, &status, waiting ? 0 : WNOHANG)
        } while result < 0 && errno == EINTR
        return result == process.pid ? oktetorun_exit_status(status) : nil
    }
}
