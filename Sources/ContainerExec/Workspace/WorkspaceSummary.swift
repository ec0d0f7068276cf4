/// What an archive of a workspace holds, so far or in all.
package struct WorkspaceSummary: Sendable, Hashable {
    /// The regular files, hard links among them.
    package var files = 0
    /// The folders, without those above the workspace.
    package var folders = 0
    /// The symbolic links.
    package var links = 0
    /// The bytes of the files.
    package var bytes: Int64 = 0
    /// What was passed by, and why, one line each: sockets, devices, pipes.
    package var notes: [String] = []

    /// Creates an empty summary.
    package init() {}
}
