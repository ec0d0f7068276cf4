/// What tells, without reading it, that a file has not been written to.
package struct FileStamp: Sendable, Hashable {
    /// The bytes of the file.
    package let size: Int64
    /// When its content was changed, and when anything about it was, in nanoseconds since 1970.
    package let modified: Int64
    package let changed: Int64
    /// Which file it is on this machine.
    package let device: UInt64
    package let inode: UInt64

    /// Creates a stamp.
    package init(size: Int64, modified: Int64, changed: Int64, device: UInt64, inode: UInt64) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.device = device
        self.inode = inode
    }

    init(_ status: FileStatus) {
        self.init(
            size: status.size,
            modified: status.modified.nanosecondsSince1970,
            changed: status.changed.nanosecondsSince1970,
            device: status.identity.device,
            inode: status.identity.inode
        )
    }

    /// What equals no file's stamp.
    package static let unknown = FileStamp(size: -1, modified: 0, changed: 0, device: 0, inode: 0)

    /// Whether the file was at rest at `time`, in nanoseconds since 1970: what is written to it after that has a stamp
    /// that differs from this one.
    ///
    /// Two seconds are the coarsest times that a file system keeps.
    func isSettled(at time: Int64) -> Bool {
        max(modified, changed) < time - 2_000_000_000
    }
}
