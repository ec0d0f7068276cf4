package import YAMLSource

/// An entry of `deploy.endpoints`; not created by okteto-run.
package struct PhaseEndpoint: Sendable, Hashable {
    /// The path, if one is given.
    package let path: String?
    /// The service, if one is given.
    package let service: String?
    /// The port, if one is given.
    package let port: Int?
    /// Where the entry stands.
    package let mark: SourceMark
}
