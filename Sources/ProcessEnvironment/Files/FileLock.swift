#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A lock that this process holds until the value goes away, or the process does (flock(2)).
package final class FileLock: Sendable {
    private let descriptor: CInt

    /// Takes over a descriptor that has the lock.
    init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
