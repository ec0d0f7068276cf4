/// Why a file of a ``PrivateFolder`` is not read: it is not what was written there.
package struct UnusableFile: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with it, such as `it is a symbolic link`.
    package let reason: String

    /// Creates one.
    package init(reason: String) {
        self.reason = reason
    }

    package var description: String { reason }
}
