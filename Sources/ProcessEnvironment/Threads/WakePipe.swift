internal import CPlatform

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A pipe by which any thread ends the `poll(2)` of the one thread that reads it.
///
/// Both ends are non-blocking and closed when the last reference goes away. A wake that finds the pipe full is
/// already pending, so nothing is lost.
package final class WakePipe: Sendable {
    /// The end to poll for reading.
    package let descriptor: CInt
    private let writeEnd: CInt

    /// Creates a pipe.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    package init() throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        // The buffer holds the two integers that pipe(2) fills.
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        guard code == 0 else { throw SystemError(operation: "make a pipe", errno: code) }
        descriptor = ends[0]
        writeEnd = ends[1]
        _ = oktetorun_set_nonblocking(descriptor)
        _ = oktetorun_set_nonblocking(writeEnd)
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    /// Makes ``descriptor`` readable.
    package func wake() {
        var byte: UInt8 = 0
        _ = unsafe write(writeEnd, &byte, 1)
    }

    /// Takes what was written, so that the next poll waits again.
    package func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while unsafe read(descriptor, &bytes, bytes.count) > 0 {}
    }
}
