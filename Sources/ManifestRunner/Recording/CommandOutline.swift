/// What is known of a command before it runs.
struct CommandOutline: Sendable {
    /// Its name, or its script's first line.
    let title: String
    /// The whole script.
    let script: String
    /// The manifest, as the user named it or as it was found, relative to the folder that okteto-run was started in.
    let path: String
    /// Where it stands there, from 1.
    let line: Int
    let column: Int
}
