package import YAMLSource

/// One repository of the `dependencies` section; not deployed by okteto-run.
package struct Dependency: Sendable, Hashable {
    /// The name: the entry's key, or the last part of the address.
    package let name: Marked<String>
    /// The repository's address; variables are not expanded here.
    package let repository: String
    /// The manifest's path in it, if that is said.
    package let manifest: String?
    /// The branch, if one is named.
    package let branch: String?
    /// Variables for its deployment.
    package let variables: [NamedText]
    /// Whether to wait until it is deployed.
    package let waits: Bool
    /// How long to wait, as it is written.
    package let timeout: String?

    /// Creates a dependency.
    package init(
        name: Marked<String>,
        repository: String,
        manifest: String? = nil,
        branch: String? = nil,
        variables: [NamedText] = [],
        waits: Bool = false,
        timeout: String? = nil
    ) {
        self.name = name
        self.repository = repository
        self.manifest = manifest
        self.branch = branch
        self.variables = variables
        self.waits = waits
        self.timeout = timeout
    }
}
