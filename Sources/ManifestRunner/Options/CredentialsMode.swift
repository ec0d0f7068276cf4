internal import ArgumentParser

/// How commands get their credentials.
enum CredentialsMode: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// In variables, fresh ones for each command.
    case env
    /// From an endpoint on 127.0.0.1 that a command asks whenever it needs new ones.
    case endpoint
}
