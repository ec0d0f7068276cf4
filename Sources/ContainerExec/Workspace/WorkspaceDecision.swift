/// What becomes of one file or folder of the workspace.
package enum WorkspaceDecision: Sendable, Hashable {
    /// It is copied; of a folder, what is in it is asked about in turn.
    case include
    /// It is not copied, nor is anything in it.
    case exclude
    /// The folder itself is not wanted, but something in it may be; the folder is copied if something is.
    case excludeButDescend
}
