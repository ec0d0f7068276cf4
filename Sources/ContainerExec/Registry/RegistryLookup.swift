/// What the search for a registry's login came to.
package struct RegistryLookup: Sendable, Hashable {
    /// The login, or nil when none is configured, or what is configured could not be had.
    package var login: RegistryLogin?
    /// Where it was found, as messages name it: `/root/.docker/config.json`.
    package var origin: String?
    /// What kept a place from being used, in lower case.
    package var warnings: [String] = []
}
