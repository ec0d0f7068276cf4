/// A manifest that cannot be had: not there, not a file, not readable.
package struct ManifestFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether there is none, in contrast to one that cannot be read.
    package let isMissing: Bool
    /// What is wrong, in lower case, with the path.
    package let message: String
    /// What to do.
    package let help: String

    package var description: String { message }
}
