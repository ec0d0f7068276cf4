internal import ArgumentParser
internal import ContainerExec
internal import ProcessEnvironment

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

    /// Returns the option as it was given, else by OKTETO_RUN_ENGINE, else ``auto``.
    ///
    /// - Throws: ``RunFailure`` when the variable has another value.
    static func resolve(_ given: EngineOption?, _ context: RunContext) throws -> EngineOption {
        if let given { return given }
        guard let text = context.environment.nonEmpty("OKTETO_RUN_ENGINE") else { return .auto }
        guard let engine = EngineOption(rawValue: text) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            throw RunFailure(.usage, "OKTETO_RUN_ENGINE is '\(text)'", hint: "it must be one of \(names)")
        }
        return engine
    }
}
