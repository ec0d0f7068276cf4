#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What a path leads to, symbolic links followed.
package enum FileKind: Sendable, Hashable {
    /// Nothing, or nothing that can be looked at.
    case missing
    /// A regular file.
    case file
    /// A folder.
    case directory
    /// A pipe, a socket or a device.
    case other

    /// Returns what is at `path` now.
    package static func of(path: String) -> FileKind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return .missing }
        return FileKind(mode: status.st_mode)
    }

    /// Creates a kind of the mode that `stat(2)` gives.
    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .directory
        default: self = .other
        }
    }
}
