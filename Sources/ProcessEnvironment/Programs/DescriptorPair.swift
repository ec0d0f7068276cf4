internal import CPlatform

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A pipe from a child to this process, which no child inherits by itself.
struct DescriptorPair: Sendable {
    /// The end to read.
    let ours: CInt
    /// The child's end.
    let theirs: CInt

    /// Makes a pipe.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    static func pipe() throws(SystemError) -> DescriptorPair {
        var ends: [CInt] = [-1, -1]
        // The buffer holds the two integers that pipe(2) fills.
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        guard code == 0 else { throw SystemError(operation: "make a pipe", errno: code) }
        return DescriptorPair(ours: ends[0], theirs: ends[1])
    }

    func closeOurs() { close(ours) }

    func closeTheirs() { close(theirs) }

    func closeBoth() {
        closeOurs()
        closeTheirs()
    }
}
