internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A folder that an extraction writes in, held open: no name is looked up by a path that something could redirect.
final class TargetFolder {
    private let descriptor: CInt
    /// Whether the extraction made it; one that was there before keeps its mode and its time.
    let isNew: Bool

    private init(descriptor: CInt, isNew: Bool) {
        self.descriptor = descriptor
        self.isNew = isNew
    }

    deinit {
        close(descriptor)
    }

    /// Opens the folder at `path`; this one may be a link, since the user named it.
    static func open(path: String) throws(SystemError) -> TargetFolder {
        let name = CString.make(Array(path.utf8))
        let descriptor = SystemCall.openat(AT_FDCWD, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(operation: "open", errno: errno) }
        return TargetFolder(descriptor: descriptor, isNew: false)
    }

    /// Opens the folder `name` in this one, never through a link; nil when there is none.
    func folderIfPresent(_ name: [UInt8]) throws(SystemError) -> TargetFolder? {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let inner = SystemCall.openat(descriptor, CString.make(name), flags)
        if inner >= 0 { return TargetFolder(descriptor: inner, isNew: false) }
        guard errno == ENOENT else { throw SystemError(operation: "open the folder", errno: errno) }
        return nil
    }

    /// Opens the folder `name` in this one, making it where it is missing, and in the place of a file.
    ///
    /// - Throws: ``SystemError``, with ELOOP or ENOTDIR where a link is in its place, which is left alone.
    func folder(_ name: [UInt8]) throws(SystemError) -> TargetFolder {
        if try status(of: name)?.kind == .file { try remove(name) }
        if let folder = try folderIfPresent(name) { return folder }
        guard unsafe mkdirat(descriptor, CString.make(name), 0o755) == 0 || errno == EEXIST else {
            throw SystemError(operation: "make the folder", errno: errno)
        }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let inner = SystemCall.openat(descriptor, CString.make(name), flags)
        guard inner >= 0 else { throw SystemError(operation: "open the folder", errno: errno) }
        return TargetFolder(descriptor: inner, isNew: true)
    }

    /// Returns what stat(2) says of `name` itself, or nil when there is none.
    func status(of name: [UInt8]) throws(SystemError) -> FileStatus? {
        var info = stat()
        if unsafe fstatat(descriptor, CString.make(name), &info, AT_SYMLINK_NOFOLLOW) == 0 { return FileStatus(info) }
        guard errno == ENOENT else { throw SystemError(operation: "look at", errno: errno) }
        return nil
    }

    /// Makes an empty file that has no name of its own yet and is gone unless it gets one.
    func newFile() throws(SystemError) -> PartialFile {
        #if canImport(Glibc)
        if Self.canNameFiles {
            // Nothing of it stays even if this process is killed; not every file system has such files.
            let flags = Self.unnamed | O_WRONLY | O_CLOEXEC
            let file = SystemCall.openat(descriptor, CString.make([UInt8(ascii: ".")]), flags, 0o600)
            if file >= 0 { return PartialFile(folder: self, name: nil, descriptor: file) }
        }
        #endif
        let name = Self.temporaryName()
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = SystemCall.openat(descriptor, CString.make(name), flags, 0o600)
        guard file >= 0 else { throw SystemError(operation: "make a file in the folder of", errno: errno) }
        return PartialFile(folder: self, name: name, descriptor: file)
    }

    /// Gives an open file without a name a temporary one, and returns it.
    func name(_ file: CInt) throws(SystemError) -> [UInt8] {
        let name = Self.temporaryName()
        let source = CString.make(Array("/proc/self/fd/\(file)".utf8))
        guard unsafe linkat(AT_FDCWD, source, descriptor, CString.make(name), AT_SYMLINK_FOLLOW) == 0 else {
            throw SystemError(operation: "write", errno: errno)
        }
        return name
    }

    /// Makes a symbolic link, in the place of a file or link that is there.
    func link(_ name: [UInt8], to target: [UInt8], modified: FileTime) throws(SystemError) {
        let temporary = Self.temporaryName()
        guard unsafe symlinkat(CString.make(target), descriptor, CString.make(temporary)) == 0 else {
            throw SystemError(operation: "make the link", errno: errno)
        }
        setTime(modified, of: temporary)
        try rename(temporary, to: name)
    }

    /// Makes `name` another name of a regular file, in the place of a file or link that is there.
    func hardLink(_ name: [UInt8], to other: [UInt8], in folder: TargetFolder) throws(SystemError) {
        guard try folder.status(of: other)?.kind == .file else {
            throw SystemError(operation: "link to what is no file", errno: EINVAL)
        }
        let temporary = Self.temporaryName()
        let code = unsafe linkat(folder.descriptor, CString.make(other), descriptor, CString.make(temporary), 0)
        guard code == 0 else { throw SystemError(operation: "link", errno: errno) }
        try rename(temporary, to: name)
        // rename(2) does nothing where both names are the same file already.
        _ = unsafe unlinkat(descriptor, CString.make(temporary), 0)
    }

    /// Gives `old`, which is removed if that fails, the name `new`: what had that name before is replaced at once.
    ///
    /// An empty folder makes room, one that has something in it does not.
    func rename(_ old: [UInt8], to new: [UInt8]) throws(SystemError) {
        let (old, new) = (CString.make(old), CString.make(new))
        if unsafe renameat(descriptor, old, descriptor, new) == 0 { return }
        var code = errno
        if code == EISDIR, unsafe unlinkat(descriptor, new, AT_REMOVEDIR) == 0 {
            if unsafe renameat(descriptor, old, descriptor, new) == 0 { return }
            code = errno
        }
        _ = unsafe unlinkat(descriptor, old, 0)
        throw SystemError(operation: "write", errno: code)
    }

    /// Removes a file or link.
    func remove(_ name: [UInt8]) throws(SystemError) {
        guard unsafe unlinkat(descriptor, CString.make(name), 0) == 0 || errno == ENOENT else {
            throw SystemError(operation: "remove", errno: errno)
        }
    }

    /// Gives the folder its mode and time, once everything is in it.
    ///
    /// The owner can always write in it, or else the next run could replace nothing there.
    func finish(mode: UInt32, modified: FileTime) {
        _ = fchmod(descriptor, mode_t(mode & 0o777 | 0o700))
        var times = SystemCall.times(modified)
        _ = unsafe futimens(descriptor, &times)
    }

    private func setTime(_ time: FileTime, of name: [UInt8]) {
        // Not every file system keeps a link's time; nothing depends on it.
        var times = SystemCall.times(time)
        _ = unsafe utimensat(descriptor, CString.make(name), &times, AT_SYMLINK_NOFOLLOW)
    }

    #if canImport(Glibc)
    /// O_TMPFILE, a macro that Swift does not see.
    private static let unnamed = 0o20000000 | O_DIRECTORY
    /// Whether an open file can be given a name later.
    private static let canNameFiles = unsafe access("/proc/self/fd", F_OK) == 0
    #endif

    private static func temporaryName() -> [UInt8] {
        Array(".okteto-run-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))".utf8)
    }
}
