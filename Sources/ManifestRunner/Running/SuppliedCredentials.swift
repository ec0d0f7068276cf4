internal import ProcessEnvironment

/// Credentials as the commands get them.
struct SuppliedCredentials: Sendable, Hashable {
    /// What is set for the commands.
    let variables: EnvironmentVariables
    /// What would lead to other credentials, and is removed: an image may have it.
    let removed: [String]
    /// What must not show in any output.
    let secrets: [Secret]
}
