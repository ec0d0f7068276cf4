internal import ArgumentParser

/// In which form a command gives its answer.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Lines for a person.
    case text
    /// One JSON object for a program.
    case json
}
