package import YAMLSource

/// A file or folder that comes back from a test.
package struct Artifact: Sendable, Hashable {
    /// Where it is, relative to the test's folder.
    package let path: String
    /// Where it goes, relative to the test's context; the path itself when nothing else is said.
    package let destination: String
    /// Where the entry stands.
    package let mark: SourceMark

    /// Creates an artifact.
    package init(path: String, destination: String? = nil, mark: SourceMark = .start) {
        self.path = path
        self.destination = destination ?? path
        self.mark = mark
    }
}
