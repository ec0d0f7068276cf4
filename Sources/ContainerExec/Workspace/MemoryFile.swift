/// A file that comes from memory into the container's file system.
package struct MemoryFile: Sendable, Hashable {
    /// Where it lands, relative to the archive's root: `okteto/ca.pem`.
    package let path: String
    /// What is in it.
    package let contents: [UInt8]
    /// Its permissions.
    package let mode: UInt16

    /// Creates a file.
    package init(path: String, contents: [UInt8], mode: UInt16 = 0o644) {
        self.path = path
        self.contents = contents
        self.mode = mode
    }
}
