internal import CLibArchive

/// The head of one entry of an archive; see archive_entry(3).
///
/// Names are bytes, as the file system has them.
@safe
struct ArchiveEntry: ~Copyable {
    /// What an entry is: the file type bits of stat(2), which libarchive uses on every system.
    enum Kind: UInt32 {
        case file = 0o100000
        case folder = 0o040000
        case link = 0o120000
    }

    let raw: OpaquePointer

    /// Returns the head of an entry that user and group 0 own.
    ///
    /// - Throws: ``ContainerExecError`` when memory runs out.
    static func make(_ kind: Kind, path: [UInt8], mode: UInt32) throws(ContainerExecError) -> ArchiveEntry {
        guard let raw = unsafe archive_entry_new() else {
            throw ContainerExecError(.workspace, "no memory is left for the archive")
        }
        let entry = unsafe ArchiveEntry(raw: raw)
        // libarchive copies the strings.
        unsafe archive_entry_copy_pathname(raw, CString.make(path))
        unsafe archive_entry_set_filetype(raw, kind.rawValue)
        unsafe archive_entry_set_perm(raw, mode_t(mode & 0o7777))
        unsafe archive_entry_set_uid(raw, 0)
        unsafe archive_entry_set_gid(raw, 0)
        unsafe archive_entry_set_size(raw, 0)
        return entry
    }

    private init(raw: OpaquePointer) {
        unsafe self.raw = raw
    }

    deinit {
        unsafe archive_entry_free(raw)
    }

    func set(size: Int64) {
        unsafe archive_entry_set_size(raw, size)
    }

    /// Sets the time of change, in whole seconds.
    ///
    /// A fraction would cost a record of three blocks for each file, which triples the work of both sides with many
    /// small files; `docker cp` and `docker build` cut it off, too.
    func set(modified: FileTime) {
        unsafe archive_entry_set_mtime(raw, modified.seconds, 0)
    }

    func set(linkTarget: [UInt8]) {
        unsafe archive_entry_copy_symlink(raw, CString.make(linkTarget))
    }

    func set(hardLinkTo path: [UInt8]) {
        unsafe archive_entry_copy_hardlink(raw, CString.make(path))
    }

    /// Says that of a file with holes only these parts have data.
    func set(data extents: [FileExtent]) {
        for extent in extents { unsafe archive_entry_sparse_add_entry(raw, extent.offset, extent.length) }
    }
}
