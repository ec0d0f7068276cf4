internal import ArgumentParser

/// How the run is shown, with Okteto's names.
enum LogOutput: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Marks and colours for a person.
    case tty
    /// Lines for a log.
    case plain
    /// One JSON object a line on standard output.
    case json
}
