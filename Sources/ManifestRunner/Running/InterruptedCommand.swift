/// A command ended because the run was cancelled, by a signal or because its time was up.
struct InterruptedCommand: Error {
    /// The command, its place in the manifest, and how it ended.
    let description: String
}
