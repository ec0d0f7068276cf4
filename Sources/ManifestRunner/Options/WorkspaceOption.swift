internal import ArgumentParser

/// How a container gets the phase's folder.
enum WorkspaceOption: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// As a copy, without what `.oktetoignore` excludes; of what the commands change only artifacts come back.
    case copy
    /// The folder itself, mounted: nothing is copied, and what the commands change is changed.
    case mount
}
