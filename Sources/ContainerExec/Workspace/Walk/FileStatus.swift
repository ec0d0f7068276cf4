#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What stat(2) says of a file.
struct FileStatus: Hashable {
    /// What the file is.
    enum Kind: Hashable {
        case file
        case folder
        case link
        case socket
        case pipe
        case device
        case unknown
    }

    /// Which file it is on this machine.
    struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    let kind: Kind
    let mode: UInt32
    let size: Int64
    /// The bytes that it takes on the disk.
    let allocated: Int64
    let modified: FileTime
    /// When its content, its permissions or its names were last changed; nobody can set it back.
    let changed: FileTime
    let identity: Identity
    let linkCount: UInt64

    init(_ info: stat) {
        mode = UInt32(info.st_mode) & 0o7777
        // The macros' masks and values are the same on every system.
        kind =
            switch UInt32(info.st_mode) & 0o170000 {
            case 0o100000: .file
            case 0o040000: .folder
            case 0o120000: .link
            case 0o140000: .socket
            case 0o010000: .pipe
            case 0o020000, 0o060000: .device
            default: .unknown
            }
        size = Int64(info.st_size)
        allocated = Int64(info.st_blocks) * 512
        identity = Identity(device: UInt64(truncatingIfNeeded: info.st_dev), inode: UInt64(info.st_ino))
        linkCount = UInt64(info.st_nlink)
        #if canImport(Darwin)
        modified = FileTime(seconds: info.st_mtimespec.tv_sec, nanoseconds: info.st_mtimespec.tv_nsec)
        changed = FileTime(seconds: info.st_ctimespec.tv_sec, nanoseconds: info.st_ctimespec.tv_nsec)
        #else
        modified = FileTime(seconds: info.st_mtim.tv_sec, nanoseconds: info.st_mtim.tv_nsec)
        changed = FileTime(seconds: info.st_ctim.tv_sec, nanoseconds: info.st_ctim.tv_nsec)
        #endif
    }
}
