/// What a run waits for beside its commands.
enum RunStep: String, Sendable, Hashable, CaseIterable {
    /// Finding an engine and agreeing with it on a version.
    case connect
    /// Getting an identity token and exchanging it, until the first command can have credentials.
    case credentials
    /// Getting an image.
    case pull
    /// Creating a container and starting its shell; a pull is within.
    case start
    /// Copying the workspace into it.
    case upload
    /// Copying artifacts out of it.
    case artifacts
}
