internal import ArgumentParser

/// When an image is pulled.
enum PullOption: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Before every container.
    case always
    /// When the engine does not have it.
    case missing
    /// Never: an image that the engine does not have is an error.
    case never
}
