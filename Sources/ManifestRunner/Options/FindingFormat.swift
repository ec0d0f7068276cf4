internal import ArgumentParser

/// In which form `validate` shows what it found.
enum FindingFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// As compilers do, for a person.
    case text
    /// One JSON object for a program.
    case json
    /// Workflow commands, which GitHub shows as annotations.
    case github
    /// SARIF 2.1.0, which code scanning takes.
    case sarif
}
