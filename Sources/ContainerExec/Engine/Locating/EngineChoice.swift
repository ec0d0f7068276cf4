/// Which engine the user asked for.
package enum EngineChoice: String, Sendable, Hashable, CaseIterable {
    /// The first that answers, in the order of ``EngineLocator``.
    case automatic
    /// Docker alone.
    case docker
    /// Podman alone.
    case podman

    /// Returns whether an engine of `kind` satisfies the choice.
    func accepts(_ kind: EngineKind) -> Bool {
        switch self {
        case .automatic: true
        case .docker: kind == .docker
        case .podman: kind == .podman
        }
    }
}
