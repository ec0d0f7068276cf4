internal import ProcessEnvironment
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file that is written whole or not at all: a temporary one beside it takes its place.
///
/// What is no regular file, such as a pipe or a device, is written into as it is. A symbolic link is replaced and not followed,
/// since it may be the repository's and lead anywhere; but for the system's own in `/dev` and `/proc`, as `/dev/stdout` is one.
/// Which of both is done is decided when the file is looked at, and never again: what a run's commands put in its place is
/// replaced, and not written into. The permissions are those of a new file, as the process's umask has them.
struct ReportFile: Sendable {
    private enum Way {
        case replace
        /// Write into this device or pipe, a link to it not followed.
        case write(device: UInt64, inode: UInt64)
        /// Write into whatever the system's name leads to.
        case follow
    }

    private let path: FilePath
    private let way: Way

    /// Looks at what is there.
    ///
    /// - Throws: ``SystemError`` when nothing can be written there: the folder is missing or may not be written into, or a
    ///   folder has the name.
    init(_ path: String, from directory: String) throws(SystemError) {
        self.path = FilePath(directory).pushing(FilePath(path)).lexicallyNormalized()
        let name = self.path.string
        var status = stat()
        let exists = unsafe lstat(name, &status) == 0
        var kind = status.st_mode & S_IFMT
        if exists, Self.isSystem(name, isLink: kind == S_IFLNK) {
            way = .follow
            if unsafe stat(name, &status) == 0 { kind = status.st_mode & S_IFMT }
        } else if !exists || kind == S_IFREG || kind == S_IFLNK {
            way = .replace
        } else {
            way = .write(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
        }
        if exists, kind == S_IFDIR { throw Self.error(self.path, EISDIR) }
        let folder = self.path.removingLastComponent().string
        guard unsafe stat(folder, &status) == 0 else { throw Self.error(self.path, errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw Self.error(self.path, ENOTDIR) }
        let (place, mode) = if case .replace = way { (folder, W_OK | X_OK) } else { (name, W_OK) }
        guard unsafe access(place, mode) == 0 else { throw Self.error(self.path, errno) }
    }

    /// Whether what is there is the system's own name for something else, such as a descriptor of this process.
    private static func isSystem(_ name: String, isLink: Bool) -> Bool {
        if name.hasPrefix("/proc/") || name.hasPrefix("/dev/fd/") { return true }
        // Anybody may make links in /dev/shm.
        return isLink && name.hasPrefix("/dev/") && !name.hasPrefix("/dev/shm/")
    }

    private static func error(_ path: FilePath, _ number: CInt) -> SystemError {
        SystemError(operation: "write \(ReportNames.line(path.string))", errno: number)
    }

    /// Writes the file.
    ///
    /// Blocks until all is written, which a pipe's reader may delay; nobody reading one is an error.
    ///
    /// - Throws: ``SystemError`` when it could not be; then what was there is there still.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        switch way {
        case .replace: try replace(bytes)
        case .write: try write(bytes, into: path, options: [.noFollow, .nonBlocking])
        case .follow: try write(bytes, into: path, options: [.nonBlocking])
        }
    }

    private func replace(_ bytes: [UInt8]) throws(SystemError) {
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        let name = path.lastComponent?.string ?? "report"
        let temporary = path.removingLastComponent().appending(".\(name.prefix(100)).\(random).tmp")
        do throws(SystemError) {
            try write(bytes, into: temporary, options: [.create, .exclusiveCreate])
            guard unsafe rename(temporary.string, path.string) == 0 else { throw Self.error(path, errno) }
        } catch {
            unsafe unlink(temporary.string)
            throw error
        }
    }

    private func write(
        _ bytes: [UInt8],
        into path: FilePath,
        options: FileDescriptor.OpenOptions
    ) throws(SystemError) {
        do {
            let file = try FileDescriptor.open(
                path,
                .writeOnly,
                options: options.union(.closeOnExec),
                permissions: FilePermissions(rawValue: 0o666)
            )
            try file.closeAfter {
                try check(file)
                _ = try file.writeAll(bytes)
            }
        } catch {
            throw Self.error(self.path, (error as? Errno ?? .ioError).rawValue)
        }
    }

    /// Makes sure that what was opened is what was there at first, and has writes wait again.
    private func check(_ file: FileDescriptor) throws(Errno) {
        if case .replace = way { return }
        if case .write(let device, let inode) = way {
            var status = stat()
            guard unsafe fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
            let isSame = UInt64(truncatingIfNeeded: status.st_dev) == device && UInt64(status.st_ino) == inode
            guard isSame else { throw .staleNFSFileHandle }
        }
        let flags = fcntl(file.rawValue, F_GETFL)
        guard flags >= 0, fcntl(file.rawValue, F_SETFL, flags & ~O_NONBLOCK) == 0 else {
            throw Errno(rawValue: errno)
        }
    }
}
