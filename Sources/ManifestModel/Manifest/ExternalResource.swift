package import YAMLSource

/// One resource of the `external` section; not deployed by okteto-run.
package struct ExternalResource: Sendable, Hashable {
    /// An address of a resource.
    package struct Endpoint: Sendable, Hashable {
        /// Its name.
        package let name: Marked<String>
        /// Its address, if it is known beforehand; variables are not expanded here.
        package let url: String?
    }

    /// The name: the entry's key.
    package let name: Marked<String>
    /// The icon; `default` when none is named.
    package let icon: String
    /// The path of a file with notes, if there is one.
    package let notes: String?
    /// The addresses; there is at least one.
    package let endpoints: [Endpoint]
}
