/// A small workspace as a whole archive in memory, in the form that every tar program reads.
package struct PackedWorkspace: Sendable, Hashable {
    /// The archive, in ustar format.
    package let archive: [UInt8]
    /// What it holds.
    package let summary: WorkspaceSummary
}
