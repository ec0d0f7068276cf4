internal import ArgumentParser

/// In which form variables are printed.
enum VariableFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Commands for a shell.
    case shell
    /// Lines of a `.env` file.
    case dotenv
    /// One JSON object.
    case json
}
