/// An artifact that has been brought.
struct ArtifactRecord: Sendable, Hashable {
    /// Where it was, as the manifest has it.
    let path: String
    /// Where it is now, an absolute path.
    let destination: String
    /// How many files and links.
    let files: Int
    /// Their size in bytes.
    let bytes: Int64
}
