internal import CPlatform
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A question to a person at the terminal.
enum TerminalQuestion {
    /// Whether there is somebody to ask: standard input and standard error are terminals.
    static var isPossible: Bool { isatty(0) == 1 && isatty(2) == 1 }

    /// Returns whether the answer on standard input begins with `y`; the end of the input is no.
    ///
    /// The question has been shown. Cancelling the task ends the waiting.
    ///
    /// - Throws: `CancellationError` when the task was cancelled, or ``SystemError``.
    static func isAnsweredYes() async throws -> Bool {
        let wake = try WakePipe()
        let answer = try await withTaskCancellationHandler {
            try await DedicatedThread.run { readLine(or: wake.descriptor) }
        } onCancel: {
            wake.wake()
        }
        try Task.checkCancellation()
        return answer.first == UInt8(ascii: "y") || answer.first == UInt8(ascii: "Y")
    }

    private static func readLine(or wake: CInt) -> [UInt8] {
        var line: [UInt8] = []
        while line.count < 1024 {
            var polled = [
                pollfd(fd: 0, events: Int16(POLLIN), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            // The buffer holds the two entries.
            let count = unsafe polled.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, -1) }
            if count < 0, errno == EINTR { continue }
            guard count > 0, polled[1].revents == 0 else { return [] }
            var byte: UInt8 = 0
            // One byte is read into one byte.
            guard unsafe read(0, &byte, 1) == 1 else { return [] }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        return line
    }
}
