internal import ArgumentParser

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
}
