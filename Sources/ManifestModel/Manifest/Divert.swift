package import YAMLSource

/// What `deploy.divert` says; not done by okteto-run.
package struct Divert: Sendable, Hashable {
    /// A virtual service to divert.
    package struct VirtualService: Sendable, Hashable {
        /// Its name.
        package let name: String
        /// Its namespace.
        package let namespace: String
        /// The routes; all when there is none.
        package let routes: [String]
    }

    /// A host to divert.
    package struct Host: Sendable, Hashable {
        /// The virtual service.
        package let virtualService: String
        /// Its namespace.
        package let namespace: String
    }

    /// What diverts: `nginx`, which is the default, or `istio`.
    package let driver: String
    /// The namespace to divert from; of nginx.
    package let namespace: Marked<String>?
    /// The virtual services; of istio.
    package let virtualServices: [VirtualService]
    /// The hosts; of istio.
    package let hosts: [Host]
    /// Where the section stands.
    package let mark: SourceMark
}
