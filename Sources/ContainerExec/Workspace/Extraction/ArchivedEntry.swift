/// One entry of an archive that is being read, as it says of itself.
struct ArchivedEntry {
    /// What it is.
    enum Kind {
        case file
        case folder
        case link(target: [UInt8])
        case hardLink(path: [UInt8])
        /// A device, a pipe or something else that no artifact is.
        case other
    }

    let kind: Kind
    /// The path as the archive has it.
    let path: [UInt8]
    /// The permissions; set-user-ID, set-group-ID and the sticky bit are not among them.
    let mode: UInt32
    /// The bytes of a file.
    let size: Int64
    /// When it was last changed.
    let modified: FileTime
}
