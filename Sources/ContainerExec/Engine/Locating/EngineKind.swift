/// Whose implementation of the Docker Engine API answers.
package enum EngineKind: String, Sendable, Hashable, CustomStringConvertible {
    /// Docker Engine, or anything else that speaks its API and is not Podman.
    case docker
    /// Podman's service, which says so by the header field `Libpod-Api-Version`.
    case podman

    package var description: String { rawValue }
}
