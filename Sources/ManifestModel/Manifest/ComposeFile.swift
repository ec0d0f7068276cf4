package import YAMLSource

/// A Compose file of `deploy.compose`; not deployed by okteto-run.
package struct ComposeFile: Sendable, Hashable {
    /// The path of the file; nil when none is given.
    package let path: Marked<String>?
    /// The services to deploy; all when there is none.
    package let services: [Marked<String>]
}
