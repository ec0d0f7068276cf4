internal import ArgumentParser
internal import ContainerExec

/// Where phases run.
enum EngineOption: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// In a container where the phase has an image, by the first engine that answers; in the local shell otherwise.
    case auto
    /// In the local shell, whatever image the phase names.
    case shell
    /// In containers of Docker.
    case docker
    /// In containers of Podman.
    case podman

    /// The engine that is asked for; nil for the local shell.
    var choice: EngineChoice? {
        switch self {
        case .auto: .automatic
        case .shell: nil
        case .docker: .docker
        case .podman: .podman
        }
    }
}
