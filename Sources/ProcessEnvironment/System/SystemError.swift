internal import SystemPackage

/// A call of the operating system that failed, with what it was for.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was to be done, as a verb phrase: `open /tmp/x`.
    package let operation: String
    /// The error number of `errno.h`.
    package let errno: CInt

    /// Creates an error for an operation that failed with `errno`.
    package init(operation: String, errno: CInt) {
        self.operation = operation
        self.errno = errno
    }

    /// The system's own words for the error number, in lower case: `no such file or directory`.
    package var reason: String {
        let reason = Errno(rawValue: errno).description
        guard let first = reason.first else { return "error \(errno)" }
        return first.lowercased() + reason.dropFirst()
    }

    package var description: String { "cannot \(operation): \(reason)" }
}
